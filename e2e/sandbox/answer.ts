import type { Delivery } from "./delivery";

/** A complete response, so that it can be judged and recorded before a byte of it is sent. */
export interface Answer {
  /** 0 if the connection breaks before the response. */
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
  /** How a fault sends the response; without it, the response is sent whole. */
  deliver?: Delivery;
}

type Headers = Readonly<Record<string, string>>;

/** JSON with Bitbucket's content type. */
export function json(status: number, value: unknown, headers: Headers = {}): Answer {
  return {
    status,
    headers: { "Content-Type": "application/json;charset=UTF-8", ...headers },
    body: JSON.stringify(value),
  };
}

/** JSON that is text already. */
export function jsonText(status: number, body: string | Buffer, headers: Headers = {}): Answer {
  return { status, headers: { "Content-Type": "application/json;charset=UTF-8", ...headers }, body };
}

/** A web page; `body` must already be escaped. */
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

/** Success without a body. */
export const noContent: Answer = { status: 204, headers: {}, body: "" };

/** The same response with additional headers. */
export function withHeaders(answer: Answer, headers: Headers): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
