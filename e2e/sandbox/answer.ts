import type { Delivery } from "./delivery";

/** What goes back: always whole, so that an answer can be judged and recorded before a byte of it is sent. */
export interface Answer {
  /** 0 when the connection breaks before there is one. */
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
  /** How a fault sends it; without one it is sent whole. */
  deliver?: Delivery;
}

type Headers = Readonly<Record<string, string>>;

/** JSON with the content type that Bitbucket states. */
export function json(status: number, value: unknown, headers: Headers = {}): Answer {
  return {
    status,
    headers: { "Content-Type": "application/json;charset=UTF-8", ...headers },
    body: JSON.stringify(value),
  };
}

/** A web page; `body` has to be escaped already. */
export function page(status: number, title: string, body: string, headers: Headers = {}): Answer {
  return {
    status,
    headers: { "Content-Type": "text/html;charset=UTF-8", ...headers },
    body: `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>\n`,
  };
}

/** Plain text. */
export function text(status: number, body: string, headers: Headers = {}): Answer {
  return { status, headers: { "Content-Type": "text/plain;charset=UTF-8", ...headers }, body };
}

/** A redirect without a body. */
export function redirect(location: string, status = 302): Answer {
  return { status, headers: { Location: location }, body: "" };
}

/** Done, and nothing to say. */
export const noContent: Answer = { status: 204, headers: {}, body: "" };

/** The same answer with more headers. */
export function withHeaders(answer: Answer, headers: Headers): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
