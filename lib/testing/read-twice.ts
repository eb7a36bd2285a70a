import { eq } from "drizzle-orm";
import { datasets, runPartitions, type runs } from "@/drizzle/schema";
import type { ApiKey } from "@/e2e/sandbox/accounts";
import type { Sandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { parseSettings } from "@/lib/connectors/source-settings";
import type { ChosenRepository, SourceSettings } from "@/lib/connectors/streams";
import type { SignIn } from "@/lib/connectors/types";
import type { Db } from "@/lib/db/types";
import { requestRun } from "@/lib/runs/mutations";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "./base-url";
import { anEngine, aReadingSource, keysOf, untilEnded } from "./runs";

/** A sign-in with an API key of the sandbox. */
export const signInWith = ({ value }: Pick<ApiKey, "value">): SignIn => ({
  scheme: "bearer",
  apiKey: Secret.of(value),
  expectedAccount: null,
});

/** The settings of a source as the wizard stores them; throws if a form would refuse them. */
export function settingsFor(
  stream: string,
  chosen?: readonly ChosenRepository[],
  parameters: Readonly<Record<string, string>> = {},
): SourceSettings {
  const scope = chosen ? { kind: "repositories", repositories: chosen } : { kind: "everything" };
  const parsed = parseSettings("bitbucket-server", { stream, parameters, scope });
  if (!parsed.ok) throw new Error(`${stream}: ${JSON.stringify(parsed.fieldErrors)}`);
  return parsed.settings;
}

/** What a run did, by its row and by the sandbox's counters. */
export type CountedRun = {
  readonly run: typeof runs.$inferSelect;
  /** Deleted ones with a minus in front. */
  readonly keys: string[];
  readonly newest: number;
  /** By the sandbox's counters. */
  readonly calls: number;
  readonly mostReads: number;
  readonly maxSimultaneous: number;
  /** The labels of parts that were left out for want of a right. */
  readonly denied: string[];
};

/** Runs a source to its end, with the sandbox's main server counting from nothing. */
export async function countedRun(
  db: Db,
  owner: Actor,
  sandbox: Sandbox,
  sourceId: string,
  mode: "new" | "all" = "new",
): Promise<CountedRun> {
  const { counters } = sandbox.instance("/");
  counters.clear();
  const { runId } = await requestRun(db, owner, sourceId, mode);
  const run = await untilEnded(anEngine(db), runId);
  const { calls, mostReads, maxSimultaneous } = counters.report();
  const parts = await db.select().from(runPartitions).where(eq(runPartitions.passId, run.passId));
  const denied = parts
    .filter(({ state, reason }) => state === "skipped" && reason === "no-right")
    .map(({ label }) => label)
    .sort();
  const [dataset] = await db.select().from(datasets).where(eq(datasets.endpointId, sourceId));
  const keys = await keysOf(db, sourceId);
  return { run, keys, newest: dataset?.newest ?? 0, calls, mostReads, maxSimultaneous, denied };
}

let sources = 0;

/** A source of the sandbox's main server. */
export async function aSandboxSource(
  db: Db,
  owner: Actor,
  sandbox: Sandbox,
  { signIn, settings }: { signIn: SignIn; settings: SourceSettings },
): Promise<{ sourceId: string; credentialId: string }> {
  sources += 1;
  const credential = { baseUrl: baseUrlAt(sandbox.url("/")), signIn };
  return aReadingSource(db, owner, { name: `Source ${sources}`, credential, settings });
}

/** These repositories of the sandbox's main server, as a form chooses them. */
export function choiceOf(sandbox: Sandbox, ids: readonly number[]): ChosenRepository[] {
  return sandbox
    .instance("/")
    .world.repositories.filter(({ id }) => ids.includes(id))
    .map(({ id, slug, name, project }) => ({ id, slug, name, projectKey: project.key }));
}
