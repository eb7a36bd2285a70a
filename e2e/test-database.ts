import { randomBytes } from "node:crypto";
import pg from "pg";

/** A database of one test run's own on somebody's PostgreSQL server. */
export type TestDatabase = { url: string; drop: () => Promise<void> };

/** Makes an empty database on the server of `serverUrl`; `drop` ends what still uses it and removes it. */
export async function makeTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `latchkey_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
