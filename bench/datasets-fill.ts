import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { StreamRecord } from "@/lib/connectors/stream-reader";
import { storePage } from "@/lib/datasets/store";
import { openDatabase } from "@/lib/db/open";
import { rowsOf } from "@/lib/db/rows";
import { env } from "@/lib/env";

const perPage = 1000;

/**
 * Stores sources with so many commits each for a user, as a run stores them; prints their ids as JSON. A process of its
 * own: the embedded database is open in one process only, and the one that fills it keeps much memory.
 */
async function main(): Promise<void> {
  const [email = "", ...counts] = process.argv.slice(2);
  const db = await openDatabase(env());
  const [user] = await rowsOf(db, sql`select id from users where email = ${email}`);
  if (!user) throw new Error(`no user has the address ${email}`);
  const ids: string[] = [];
  for (const count of counts.map(Number)) {
    const [endpointId, runId] = [randomUUID(), randomUUID()];
    const settings = JSON.stringify({ stream: "commits", parameters: {}, scope: { kind: "everything" } });
    await db.execute(sql`insert into endpoints (id, direction, connector, owner_id, name, settings)
      values (${endpointId}, 'source', 'bitbucket-server', ${user.id}, ${`${count} commits`}, ${settings}::jsonb)`);
    for (let start = 0; start < count; start += perPage) {
      const records = Array.from({ length: Math.min(perPage, count - start) }, (_, at) =>
        aCommit(start + at),
      );
      const page = { endpointId, runId, passId: runId, records, trackSeen: false };
      await db.transaction((tx) => storePage(tx, page));
    }
    ids.push(endpointId);
  }
  // As the server does by itself after a while.
  await db.execute(sql`vacuum analyze records`);
  process.stdout.write(JSON.stringify(ids));
}

function aCommit(number: number): StreamRecord {
  // Spread like the ids of commits, and the same in each run.
  const id = ((number * 2_654_435_761) >>> 0).toString(16).padStart(8, "0").repeat(5);
  const at = new Date(1_700_000_000_000 + number * 60_000).toISOString();
  const person = { author_name: "Jane Citizen", author_email: "jane@example.com", author_at: at };
  return {
    key: `${1 + (number % 300)}/${id}`,
    group: String(1 + (number % 300)),
    parent: null,
    data: {
      ...{ repository_id: 1 + (number % 300), id, display_id: id.slice(0, 11), ...person, committed_at: at },
      ...{ message: `Change number ${number} of the shop`, parents: [id.slice(8)], extra: {} },
    },
  };
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
