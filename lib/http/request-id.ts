import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { z } from "zod";
import { requestIdHeader, requestMethodHeader } from "./request-headers";

/** The id of the current request, for logs, audit rows and error messages. */
export async function currentRequestId(): Promise<string> {
  const given = (await headers()).get(requestIdHeader);
  return given && z.uuid().safeParse(given).success ? given : randomUUID();
}

/** True while a page renders in response to a plain form post: its action has run, and the page shows its result. */
export async function isFormPost(): Promise<boolean> {
  return (await headers()).get(requestMethodHeader) === "POST";
}
