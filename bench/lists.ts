import pg from "pg";
import type { QueryPlan } from "./lists-plan";
import type { QueryTimes } from "./lists-reader";
import { startProcess } from "./source-process";

const rounds = Number(process.env.BENCH_ROUNDS || 25);

export type ListsResult = {
  readonly counts: readonly [small: number, large: number];
  readonly times: readonly QueryTimes[];
  readonly plans: readonly QueryPlan[];
};

/** Times the queries of the lists in a portal of 1,000 credentials and in one of a million, in turn, on PostgreSQL. */
export async function measureLists(): Promise<ListsResult> {
  const serverUrl = process.env.DATABASE_URL;
  if (!serverUrl) throw new Error("The benchmark “lists” needs DATABASE_URL: a PostgreSQL server.");
  const counts = [1_000, Number(process.env.BENCH_CREDENTIALS || 1_000_000)] as const;
  const names = counts.map((count) => `latchkey_lists_${process.pid}_${count}`);
  const urls = names.map((name) => Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href);
  await onServer(
    serverUrl,
    names.map((name) => `create database ${name}`),
  );
  const reader = await startProcess("lists-reader.ts", { LOG_LEVEL: "error" });
  try {
    await reader.ask("fill", { urls, counts });
    const times = await reader.ask<QueryTimes[]>("times", rounds);
    return { counts, times, plans: await reader.ask<QueryPlan[]>("plans") };
  } finally {
    reader.stop();
    await onServer(
      serverUrl,
      names.map((name) => `drop database if exists ${name} with (force)`),
    );
  }
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
