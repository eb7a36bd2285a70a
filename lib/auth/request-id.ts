import { randomUUID } from "node:crypto";
import { headers } from "next/headers";

/** The header in which `proxy.ts` hands each request its id; what a client sends under this name is replaced there. */
export const requestIdHeader = "x-latchkey-request-id";

/** The id of the current request, for logs, audit rows and error messages. */
export async function currentRequestId(): Promise<string> {
  return (await headers()).get(requestIdHeader) ?? randomUUID();
}
