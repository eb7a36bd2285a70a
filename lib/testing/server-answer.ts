import type { ServerAnswer } from "@/lib/connectors/bitbucket-server/server-answer";

export const json = { "content-type": "application/json;charset=UTF-8" };

/** For tests: a response as received. A text becomes a page, anything else JSON. */
export function answer(
  status: number,
  body: unknown = "",
  headers: Readonly<Record<string, string>> = {},
): ServerAnswer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? { "content-type": "text/html" } : json;
  return { status, headers: new Map(Object.entries({ ...type, ...headers })), body: Buffer.from(text) };
}

/** For tests: Bitbucket's list of errors, with one entry. */
export function error(exceptionName: string | null, message = "x") {
  return { errors: [{ context: null, message, exceptionName }] };
}
