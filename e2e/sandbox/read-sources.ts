import { parseSettings } from "@/lib/connectors/source-settings";
import { openSource, readerOf, type SourceConnection } from "@/lib/connectors/sources";
import { streamsOf } from "@/lib/connectors/stream-catalogues";
import type { SourceSettings } from "@/lib/connectors/streams";
import type { SignIn } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { emptyState, type ReadState, readStream } from "@/lib/testing/read-stream";
import { type ApiKey, sandboxAccounts } from "./accounts";
import type { Repository } from "./company";
import type { Sandbox } from "./start";
import type { Content } from "./world/content";
import type { PullComment } from "./world/model";

/** For tests: reads the sandbox as data sources do, and says what it holds. */

export const kind = "bitbucket-server";
/** Signs in with a key of the sandbox. */
export const withKey = ({ value }: ApiKey): SignIn => ({
  scheme: "bearer",
  apiKey: Secret.of(value),
  expectedAccount: null,
});
const { ana } = sandboxAccounts;
/** Administers all but the personal project. */
export const asAna: SignIn = { scheme: "basic", username: ana.name, password: Secret.of(ana.password) };
const open: SourceConnection[] = [];

/** Closes what tests opened. */
export async function closeSources(): Promise<void> {
  await Promise.all(open.splice(0).map((one) => one.close()));
}

/** A connection to the sandbox's main server. */
export async function sourceAt(sandbox: Sandbox, signIn: SignIn): Promise<SourceConnection> {
  const opened = await openSource(
    kind,
    { policy: { mode: "open", allow: [], loopback: true } },
    { baseUrl: baseUrlAt(sandbox.url("/")), signIn },
  );
  if (!opened.ok) throw new Error(opened.meaning.reason);
  open.push(opened.source);
  return opened.source;
}

function settingsOf(stream: string, parameters: Record<string, string> = {}): SourceSettings {
  const parsed = parseSettings(kind, { stream, parameters, scope: { kind: "everything" } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fieldErrors));
  return parsed.settings;
}

type Options = { version?: string; parameters?: Record<string, string>; mode?: "all" | "new" };

/** Reads everything of a stream into a data set. */
export async function read(
  source: SourceConnection,
  stream: string,
  state: ReadState = emptyState(),
  options: Options = {},
) {
  const settings = settingsOf(stream, options.parameters);
  const isSnapshot = streamsOf(kind).find(({ id }) => id === stream)?.mode === "snapshot";
  const { version = "9.4.3", mode = "new" } = options;
  const result = await readStream(readerOf(kind), settings, source.get, state, {
    isSnapshot,
    serverVersion: version,
    mode,
  });
  return { ...result, state };
}

export const keys = ({ records }: ReadState) => [...records.keys()].sort();

/** What the server holds of a stream, by the keys of its records. */
export const held: Record<
  string,
  (repository: Repository, content: Content, sandbox: Sandbox) => (string | number)[]
> = {
  branches: (_, { branches }) => branches.map(({ name }) => `refs/heads/${name}`),
  tags: (_, { tags }) => tags.map(({ name }) => `refs/tags/${name}`),
  commits: (_, content) => content.history(content.default?.latestCommit ?? "").map(({ id }) => id),
  "pull-requests": (_, { pullRequests }) => pullRequests.map(({ id }) => id),
  "pull-request-activities": (repository, { pullRequests }, sandbox) =>
    pullRequests.flatMap((pull) =>
      sandbox
        .instance("/")
        .world.detailsOf(repository, pull)
        // The merge queue came with 10.4.
        .activities.filter(({ action }) => !action.startsWith("MERGE_QUEUE"))
        .map(({ id }) => id),
    ),
  "pull-request-comments": (repository, { pullRequests }, sandbox) =>
    pullRequests.flatMap((pull) =>
      sandbox.instance("/").world.detailsOf(repository, pull).comments.flatMap(idsOfThread),
    ),
  "pull-request-participants": (_, { pullRequests }) =>
    pullRequests.flatMap(({ id, author, participants }) =>
      [...new Set([author, ...participants.map(({ account }) => account)])].map((one) => `${id}/${one.id}`),
    ),
  "pull-request-commits": (_, { pullRequests }) =>
    pullRequests.flatMap(({ id, commits }) => commits.map((commit) => `${id}/${commit}`)),
  webhooks: (_, content) => content.webhooks.map(({ id }) => `/${id}`),
};

function idsOfThread({ id, replies }: PullComment): number[] {
  return [id, ...replies.flatMap(idsOfThread)];
}

/** The one personal project. */
export function isKeptFromAna({ project }: Repository): boolean {
  return project.key.startsWith("~");
}

/** The keys of all records of a stream that the sandbox holds, but for the personal project. */
export function expected(sandbox: Sandbox, stream: string): string[] {
  const { world } = sandbox.instance("/");
  const idsOf = held[stream];
  if (idsOf === undefined) throw new Error(`nothing is known of ${stream}`);
  return world.repositories
    .filter((one) => !isKeptFromAna(one))
    .flatMap((one) => idsOf(one, world.contentOf(one), sandbox).map((id) => `${one.id}/${id}`))
    .sort();
}
