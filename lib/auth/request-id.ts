import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { z } from "zod";

/** The header in which `proxy.ts` hands each request its id; what a client sends under this name is replaced there. */
export const requestIdHeader = "x-latchkey-request-id";

/** The header in which `proxy.ts` hands each request its method, which pages cannot see otherwise. */
export const requestMethodHeader = "x-latchkey-request-method";

/** The id of the current request, for logs, audit rows and error messages. */
export async function currentRequestId(): Promise<string> {
  const given = (await headers()).get(requestIdHeader);
  return given && z.uuid().safeParse(given).success ? given : randomUUID();
}

/** True while a page is rendered in answer to a plain form post: its action has run, and the page shows what it said. */
export async function isFormPost(): Promise<boolean> {
  return (await headers()).get(requestMethodHeader) === "POST";
}
