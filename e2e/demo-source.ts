import type { NoScriptClient } from "./no-script-client";
import { seedCredential } from "./page-objects";
import { sandboxKeys } from "./sandbox/accounts";
import type { Sandbox } from "./sandbox/start";

const name = "Pull requests of Fernwood";
const longestRunMs = 60_000;
const ended = /role="status"[^>]*>\s*<p[^>]*>(Succeeded|Incomplete|Failed|Cancelled)/;

/** The demo's first source: its address, and how its run went. */
export type DemoSource = { readonly name: string; readonly address: string; readonly state: string };

/**
 * Makes a credential and a source through the portal's own forms and runs it, so that the first thing seen is data.
 * Null if the account has sources already.
 */
export async function makeDemoSource(
  client: NoScriptClient,
  sandbox: Sandbox,
  { evenBesideOthers = false } = {},
): Promise<DemoSource | null> {
  const list = await (await client.get("/sources")).text();
  if (!evenBesideOthers && !list.includes("No data sources yet")) return null;
  const credentialId = await seedCredential(
    { client },
    {
      name: "Fernwood, to read",
      description: `Jane's API key “${sandboxKeys.janeRead.name}”`,
      baseUrl: sandbox.url("/"),
      username: sandboxKeys.janeRead.value,
    },
  );
  const choice = "stream=pull-requests&scope=everything";
  const details = `/sources/new/bitbucket-server/details?credential=${credentialId}&${choice}`;
  const description = "Made by the demo: all pull requests that Jane can read.";
  const saved = await client.submit(details, { name, description, credentialId });
  const path = new URL(locationOf(saved), client.origin).pathname;
  const run = locationOf(await client.submit(path, { sourceId: path.split("/").at(-1) ?? "", mode: "new" }));
  return { name, address: client.origin + path, state: await stateAtEnd(client, run) };
}

async function stateAtEnd(client: NoScriptClient, run: string): Promise<string> {
  const deadline = Date.now() + longestRunMs;
  while (Date.now() < deadline) {
    const page = await (await client.get(run)).text();
    const state = ended.exec(page)?.[1];
    if (state) return state.toLowerCase();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return "still running";
}

function locationOf(answer: Response): string {
  const location = answer.headers.get("location");
  if (!location) throw new Error(`a form of the demo's source answered ${answer.status}`);
  return location;
}
