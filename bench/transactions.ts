import pg from "pg";

/**
 * How many transactions the database of `url` has seen; a query outside of one counts as one. Exact only once its users
 * have gone: a connection hands in its count late, but not later than its end.
 */
export async function countTransactions(url: string): Promise<number> {
  const own = new URL(url);
  const name = own.pathname.slice(1);
  // Asked from another database, so that asking does not count.
  own.pathname = "/postgres";
  const client = new pg.Client({ connectionString: own.href });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>(
      "select xact_commit + xact_rollback as count from pg_stat_database where datname = $1",
      [name],
    );
    return Number(rows[0]?.count ?? Number.NaN);
  } finally {
    await client.end();
  }
}
