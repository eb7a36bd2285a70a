import pg from "pg";

/**
 * The number of transactions in the database of `url`; a query outside a transaction counts as one. Exact only after
 * all connections have closed, since a connection may report its count only then.
 */
export async function countTransactions(url: string): Promise<number> {
  const own = new URL(url);
  const name = own.pathname.slice(1);
  // Connected to another database, so that this query does not count.
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
