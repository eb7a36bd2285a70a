import { randomUUID } from "node:crypto";
import type { NoScriptClient } from "../e2e/no-script-client";

const pages = [
  "/",
  "/sources",
  "/sources/new/bitbucket-server",
  "/credentials",
  "/account",
  "/teams",
  "/none",
];

/** One round of a user: reads every page, makes two changes, and posts one form that is refused. */
export async function soakRound(client: NoScriptClient): Promise<number> {
  for (const page of pages) await expectBelow500(client.get(page), page);
  await expectBelow500(client.submit("/account", { name: `Soaked ${randomUUID().slice(0, 8)}` }), "a rename");
  await expectBelow500(
    client.submit("/teams/new", { name: `Team ${randomUUID()}`, description: "" }),
    "a team",
  );
  await expectBelow500(client.submit("/teams/new", { name: "", description: "" }), "a team without a name");
  return pages.length + 3;
}

async function expectBelow500(sent: Promise<Response>, what: string): Promise<void> {
  const answer = await sent;
  // Read to its end, so that its connection is free again.
  await answer.arrayBuffer();
  if (answer.status >= 500) throw new Error(`${what} answered ${answer.status}`);
}
