import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { basic } from "@/e2e/sandbox/ask";
import { heldEverywhere } from "@/e2e/sandbox/held-everywhere";
import { ways } from "@/e2e/sandbox/held-ways";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { streamsOf } from "@/lib/connectors/stream-catalogues";
import { openDatabase } from "@/lib/db/open";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { Secret } from "@/lib/secret";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { aSandboxSource, choiceOf, countedRun, settingsFor } from "@/lib/testing/read-twice";
import type { ReadStream } from "./every-stream";

const { ana } = sandboxAccounts;
/** A person who administers everything: the server shows tokens to nobody else. */
const signIn = { scheme: "basic", username: ana.name, password: Secret.of(ana.password) } as const;
const authorization = basic(ana.name, ana.password);
/** Streams that cost a request for each pull request or commit are read of some repositories only. */
const chosenFor = {
  pulls: Array.from({ length: 12 }, (_, at) => 8 + at * 25),
  commits: [8, 33, 58],
};

/** Reads each stream of the large sandbox twice, and prints what that took as JSON. */
async function main(): Promise<void> {
  const db = await openDatabase(env());
  const owner = await ownerOfCredentials(db);
  const sandbox = await startSandbox({ size: "large" });
  const read: ReadStream[] = [];
  for (const { id } of streamsOf("bitbucket-server")) {
    process.stderr.write(`reading ${id}\n`);
    read.push(await readTwice(db, owner, sandbox, id));
  }
  process.stdout.write(JSON.stringify(read));
}

async function readTwice(db: Db, owner: Actor, sandbox: Sandbox, stream: string): Promise<ReadStream> {
  const ids = chosenOf(stream);
  const chosen = ids ? choiceOf(sandbox, ids) : undefined;
  const held = await heldEverywhere(sandbox, { authorization, stream, chosen });
  const parameters = stream === "manual" ? { path: "/rest/api/1.0/projects", key: "id" } : {};
  const settings = settingsFor(stream, chosen, parameters);
  const { sourceId } = await aSandboxSource(db, owner, sandbox, { signIn, settings });
  const start = performance.now();
  const first = await countedRun(db, owner, sandbox, sourceId);
  const seconds = (performance.now() - start) / 1000;
  const again = await countedRun(db, owner, sandbox, sourceId);
  const isSame = (keys: readonly string[]) =>
    keys.length === held.keys.length && keys.every((key, at) => key === held.keys[at]);
  if (!isSame(first.keys) || !isSame(again.keys))
    throw new Error(`${stream}: other records than the server's`);
  const { run } = first;
  if (run.state !== "succeeded") throw new Error(`${stream}: the run ended as ${run.state}`);
  return {
    stream,
    repositories: chosen?.length ?? null,
    records: held.keys.length,
    twice: run.received - held.keys.length,
    calls: first.calls,
    fewest: held.fewest,
    seconds,
    again: again.calls,
    mostAgain: held.again,
    changedAgain: again.newest - first.newest,
  };
}

function chosenOf(stream: string): readonly number[] | null {
  const parents = ways[stream]?.parents;
  if (parents === "commits") return chosenFor.commits;
  return parents === "pulls" || parents === "tips" ? chosenFor.pulls : null;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
