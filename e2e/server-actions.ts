import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { NoScriptClient } from "./no-script-client";

const manifestFile = join(import.meta.dirname, "..", ".next/server/server-reference-manifest.json");
const manifestSchema = z.object({
  node: z.record(z.string(), z.object({ exportedName: z.string() })),
});

/** The ids of the build's server actions, by name. */
export function actionIds(): Map<string, string> {
  const { node } = manifestSchema.parse(JSON.parse(readFileSync(manifestFile, "utf8")));
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]));
}

/**
 * An action's answer: `code` is "ok" or the refusal's code; `detail` is the missing item or the first invalid field;
 * `location` is the redirect, if any.
 */
export type ActionAnswer = { status: number; code: string; detail: string; text: string; location: string };

/** Calls an action like the portal's script, with any fields, without opening its form first. */
export function callAction(
  client: NoScriptClient,
  name: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<ActionAnswer> {
  const body = new FormData();
  // The arguments in React's encoding: no previous state, and a form whose fields have the prefix "_1_".
  for (const [field, value] of Object.entries(fields)) body.append(`_1_${field}`, value);
  body.append("0", '[null,"$K1"]');
  return postToAction(client, name, body, headers);
}

/** Calls an action that must succeed; returns the first id in the address that it leads to. */
export async function mustDo(
  { client }: { client: NoScriptClient },
  action: string,
  fields: Record<string, string>,
): Promise<string> {
  const answer = await callAction(client, action, fields);
  if (answer.code !== "ok")
    throw new Error(`${action} answered ${answer.code}: ${answer.text.slice(0, 300)}`);
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(answer.location)?.[0] ?? "";
}

/** Posts any body to an action. */
export async function postToAction(
  client: NoScriptClient,
  name: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<ActionAnswer> {
  const id = actionIds().get(name);
  if (!id) throw new Error(`the build has no action ${name}`);
  // To a public page: the test concerns the action, not the page rendered afterwards.
  const answer = await client.post("/sign-in", body, {
    "next-action": id,
    accept: "text/x-component",
    ...headers,
  });
  const text = await answer.text();
  const location = answer.headers.get("x-action-redirect") ?? "";
  return { status: answer.status, code: codeIn(answer, text), detail: detailIn(text), text, location };
}

function codeIn(answer: Response, text: string): string {
  const refusal = /"ok":false,"error":\{"code":"([A-Z_]+)"/.exec(text)?.[1];
  if (refusal) return refusal;
  const isDone = answer.headers.get("x-action-redirect") !== null || /"ok":true/.test(text);
  return isDone ? "ok" : `status ${answer.status}`;
}

function detailIn(text: string): string {
  const missing = /"code":"NOT_FOUND","message":"There is no such ([^,]+),/.exec(text)?.[1];
  return missing ?? /"fieldErrors":\{"([^"]+)"/.exec(text)?.[1] ?? "";
}
