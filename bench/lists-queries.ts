import type { Actor } from "@/lib/actor";
import { listCredentials, listCredentialTiles } from "@/lib/credentials/queries";
import { credentialFilterSchema } from "@/lib/credentials/schema";
import { countTileGroups } from "@/lib/credentials/tile-groups";
import type { Db } from "@/lib/db/types";
import { listEndpoints } from "@/lib/endpoints/queries";
import { listToldCredentials, readFirstSteps, readNeedCounts } from "@/lib/overview/queries";
import { listRequests } from "@/lib/overview/requests";
import { parseStart } from "@/lib/paging";
import { listLatestRuns, listRunsToTell } from "@/lib/runs/latest";

type Query = { readonly what: string; readonly run: (db: Db, actor: Actor) => Promise<unknown> };

type Filter = {
  q?: string;
  status?: string;
  whose?: string;
  server?: string;
  use?: string;
  owner?: string;
  sort?: string;
};

const filtered = (filter: Filter, after: string | null = null) => {
  const parsed = credentialFilterSchema.parse(filter);
  return (db: Db, actor: Actor) =>
    listCredentials(db, actor, parsed, parseStart({ after: after ?? undefined }, parsed.sort));
};

/** What the hot pages ask, beside the session and its notices. */
export const pageQueries: readonly Query[] = [
  {
    what: "Authenticate: tiles",
    run: (db, actor) =>
      listCredentialTiles(db, actor, null, { group: { kind: "all" }, kind: "bitbucket-server" }),
  },
  { what: "Authenticate: groups", run: (db, actor) => countTileGroups(db, actor) },
  { what: "Credentials", run: filtered({}) },
  {
    what: "Credentials, second page",
    run: async (db, actor) => filtered({}, (await filtered({})(db, actor)).next)(db, actor),
  },
  {
    what: "Sources, with latest runs",
    run: async (db, actor) => {
      const page = await listEndpoints(db, actor, "source", null);
      return listLatestRuns(
        db,
        actor,
        page.items.map(({ id }) => id),
      );
    },
  },
  { what: "start page: credentials", run: (db, actor) => listToldCredentials(db, actor, 11) },
  { what: "start page: runs", run: (db, actor) => listRunsToTell(db, actor, 11) },
  { what: "start page: requests", run: (db, actor) => listRequests(db, actor, 11) },
  { what: "menu: counts", run: readNeedCounts },
  { what: "start page: first steps", run: readFirstSteps },
];

/** Searches and filters of the list of credentials. */
export const filterQueries: readonly Query[] = [
  { what: "search, all match", run: filtered({ q: "nightly" }) },
  { what: "search, the oldest matches", run: filtered({ q: "haystack" }) },
  { what: "search, one in a hundred matches", run: filtered({ q: "room 17" }) },
  { what: "search, none matches", run: filtered({ q: "no such text" }) },
  { what: "search, no two letters match", run: filtered({ q: "zq" }) },
  { what: "verified", run: filtered({ status: "verified" }) },
  { what: "unproven", run: filtered({ status: "unproven" }) },
  { what: "rejected", run: filtered({ status: "rejected" }) },
  { what: "locked", run: filtered({ status: "locked" }) },
  { what: "suspended", run: filtered({ status: "suspended" }) },
  { what: "mine", run: filtered({ whose: "mine" }) },
  { what: "shared with me", run: filtered({ whose: "shared" }) },
  { what: "by name", run: filtered({ sort: "name" }) },
  { what: "ending first", run: filtered({ sort: "ending" }) },
  { what: "of one server", run: filtered({ server: "bitbucket-7.example.com" }) },
  { what: "not used", run: filtered({ use: "unused" }) },
  { what: "not used for 90 days", run: filtered({ use: "idle" }) },
  { what: "not used for 90 days, ending first", run: filtered({ use: "idle", sort: "ending" }) },
  { what: "of one owner", run: (db, actor) => filtered({ owner: actor.userId })(db, actor) },
  { what: "of an unknown owner", run: filtered({ owner: "00000000-0000-4000-8000-000000000000" }) },
  { what: "servers and owners", run: (db, actor) => countTileGroups(db, actor, { withOwners: true }) },
  { what: "search by name, none matches", run: filtered({ q: "no such text", sort: "name" }) },
  {
    what: "Sources, by latest run",
    run: (db, actor) => listEndpoints(db, actor, "source", null, { sort: "run" }),
  },
];
