import { drizzle } from "drizzle-orm/node-postgres";
import * as schema from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { limitedPool, openPostgres } from "@/lib/db/postgres";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { fillLists, mostVisible } from "./lists-fill";
import { planOf, type QueryPlan } from "./lists-plan";
import { filterQueries, pageQueries } from "./lists-queries";
import { serveParent } from "./source-process";
import { quantile } from "./statistics";

type Portal = { readonly url: string; readonly db: Db; readonly readers: Readonly<Record<string, Actor>> };

/** The median times of one query for one reader, in milliseconds, in the small and the large portal. */
export type QueryTimes = {
  readonly what: string;
  readonly reader: string;
  readonly small: number;
  readonly large: number;
};

const queries = [...pageQueries, ...filterQueries];
let portals: { small: Portal; large: Portal } | undefined;

async function openPortal(url: string, count: number): Promise<Portal> {
  const db = await openPostgres(url);
  const readers = {
    "24 own, 200 shared": await somebody(db),
    [`${mostVisible.toLocaleString("en")} through a team`]: await somebody(db),
  };
  const [few, many] = Object.values(readers).map(({ userId }) => userId);
  await fillLists(url, count, { few: few ?? "", many: many ?? "" });
  return { url, db, readers };
}

function opened() {
  if (!portals) throw new Error("nothing is filled yet");
  return portals;
}

serveParent({
  fill: async ({ urls, counts }: { urls: [string, string]; counts: [number, number] }) => {
    portals = { small: await openPortal(urls[0], counts[0]), large: await openPortal(urls[1], counts[1]) };
  },
  /** Asks every query in both portals in turn, so that whatever else the machine does meets both. */
  times: async (rounds: number): Promise<QueryTimes[]> => {
    const { small, large } = opened();
    const measured: QueryTimes[] = [];
    for (const reader of Object.keys(small.readers)) {
      for (const { what, run } of queries) {
        const ms: Record<"small" | "large", number[]> = { small: [], large: [] };
        for (let round = 0; round < rounds + 3; round += 1) {
          for (const [name, { db, readers }] of [
            ["small", small],
            ["large", large],
          ] as const) {
            const actor = readers[reader];
            if (!actor) throw new Error(`no reader ${reader}`);
            const begun = performance.now();
            await run(db, actor);
            // The first ones fill the caches.
            if (round >= 3) ms[name].push(performance.now() - begun);
          }
        }
        measured.push({ what, reader, small: quantile(ms.small, 0.5), large: quantile(ms.large, 0.5) });
      }
    }
    return measured;
  },
  /** How the large database answers the statements of the pages. */
  plans: async (): Promise<QueryPlan[]> => {
    const { large } = opened();
    const plans: QueryPlan[] = [];
    const pool = limitedPool(large.url);
    for (const [reader, actor] of Object.entries(large.readers)) {
      for (const { what, run } of queries) {
        const statements: { text: string; values: unknown[] }[] = [];
        const logQuery = (text: string, values: unknown[]) => statements.push({ text, values });
        await run(drizzle(pool, { schema, casing: "snake_case", logger: { logQuery } }), actor);
        for (const statement of statements) plans.push({ what, reader, ...(await planOf(pool, statement)) });
      }
    }
    await pool.end();
    return plans;
  },
});
