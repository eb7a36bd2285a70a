import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { deliveries, uploads } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { actionCases } from "@/e2e/sandbox/action-cases";
import { asAna } from "@/e2e/sandbox/read-sources";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { WriteEntry } from "@/e2e/sandbox/write-journal";
import type { Actor } from "@/lib/actor";
import type { Action, Values } from "@/lib/connectors/action";
import { actionCatalogueOf } from "@/lib/connectors/action-catalogues";
import type { Call } from "@/lib/connectors/action-sender";
import type { Json } from "@/lib/connectors/stream-reader";
import type { Db } from "@/lib/db/types";
import { suggestMapping, suggestMatchKey } from "@/lib/mapping/suggest";
import type { FieldMapping, WritingSettings } from "@/lib/mapping/types";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabase } from "@/lib/testing/database";
import { aFilledSource, aWritingDestination, deliveryRunner, type InputOf } from "@/lib/testing/destinations";
import { receiveUpload } from "@/lib/uploads/receive";
import type { WantedDelivery } from "../request";

let sandbox: Sandbox;
let db: Db;
let owner: Actor;

beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
  db = await ownDatabase();
  owner = await ownerOfCredentials(db);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const cases = actionCases(() => sandbox);
const actions = actionCatalogueOf("bitbucket-server").actions;

it("has a case for each action", () => {
  expect(Object.keys(cases).toSorted()).toEqual(actions.map(({ id }) => id).toSorted());
});

describe.each(actions.map((action) => [action.id, action] as const))("%s", (id, action) => {
  const valuesOf = async () => (await cases[id]?.()) ?? {};

  it("is written from a file whose columns have the fields' names; a bad row is not sent", async () => {
    const values = await valuesOf();
    const uploadId = await received(`${id}.ndjson`, [values, broken(action, values)]);
    const [file] = await db
      .select({ columns: uploads.columns })
      .from(uploads)
      .where(eq(uploads.id, uploadId));
    const mapping = suggestMapping(action, file?.columns ?? []);
    expect(Object.keys(mapping).toSorted()).toEqual(Object.keys(values).toSorted());
    const results = await write(action, { uploadId }, mapping);
    const [, bad] = results.dry;
    expect(bad).toMatchObject({ state: "skipped", problems: expect.arrayContaining([problem(action)]) });
    // What cannot be taken back is sent by a dry run's results alone.
    const isFree = action.danger === null;
    expectAlike(results, isFree ? ["sent", "skipped"] : ["sent"]);
    if (isFree) expect(results.sent[1]?.problems).toEqual(bad?.problems);
  });

  it("is written from a data set", async () => {
    const values = await valuesOf();
    const data = { project_key: "DATA", repository_slug: "event-lake" };
    const { sourceId } = await aFilledSource(db, owner, [{ key: "K1", data }], `Source for ${id}`);
    expectAlike(await write(action, { sourceId }, mappingOf(values)), ["sent"]);
  });
});

it("rejects a record whose address the server does not have, and goes on", async () => {
  const action = actions.find(({ id }) => id === "manual-request");
  if (!action) throw new Error("no manual request");
  const one = { method: "POST", path: "/rest/api/1.0/nowhere", body: {} };
  const two = { ...one, lookup: "/rest/api/1.0/nowhere/else" };
  const good = await cases["manual-request"]?.();
  const uploadId = await received("addresses.ndjson", [one, two, { ...good }]);
  const mapping = mappingByName(["method", "path", "body", "lookup"]);
  const { sent } = await write(action, { uploadId }, mapping);
  expect(sent.map(({ state }) => state)).toEqual(["rejected", "rejected", "sent"]);
  expect(sent[0]?.problems).toEqual([
    { field: null, message: "The server has no such address, or does not take this method there." },
  ]);
});

/** A file with these records, received as a browser sends it. */
async function received(name: string, rows: readonly Values[]): Promise<string> {
  async function* chunks() {
    for (const row of rows) yield Buffer.from(`${JSON.stringify(row)}\n`);
  }
  const { ok, id } = await receiveUpload(db, owner, name, chunks());
  expect(ok).toBe(true);
  return id;
}

const firstRequired = ({ fields }: Action) => fields.find(({ isRequired }) => isRequired)?.name;

/** Without the first value that the action requires. */
function broken(action: Action, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== firstRequired(action)));
}

function mappingByName(names: readonly string[]): Record<string, FieldMapping> {
  return Object.fromEntries(names.map((column) => [column, { from: "column", column } as const]));
}

/** What is said of the record without it. */
function problem(action: Action) {
  return { field: firstRequired(action), message: expect.stringMatching(/\.$/) };
}

/** Project and repository from columns, all else as typed by a person. */
function mappingOf(values: Values): Record<string, FieldMapping> {
  const typed = (value: Json) => {
    if (Array.isArray(value)) return value.join(", ");
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, FieldMapping] => {
      if (name === "project") return [name, { from: "column", column: "project_key" }];
      if (name === "repository") return [name, { from: "column", column: "repository_slug" }];
      return [name, { from: "constant", value: typed(value) }];
    }),
  );
}

let written = 0;
/** Does a dry run and a run: what the dry run says is what the server gets. */
async function write(
  action: Action,
  input: InputOf,
  mapping: Readonly<Record<string, FieldMapping>>,
): Promise<{ dry: Result[]; sent: Result[] }> {
  const writing: WritingSettings = {
    ...{ action: action.id, mapping, matchKey: suggestMatchKey(action, mapping, "sourceId" in input) },
    allows: action.danger === null ? [] : [action.danger],
  };
  const account = { ...verified.account, name: sandboxAccounts.ana.name, slug: sandboxAccounts.ana.slug };
  const credential = {
    baseUrl: baseUrlAt(sandbox.url("/")),
    signIn: asAna,
    outcome: { ...verified, account },
  };
  written += 1;
  const name = `Destination ${written}`;
  const { destinationId } = await aWritingDestination(db, owner, input, { name, credential, writing });
  const runToEnd = deliveryRunner(db, owner, destinationId);
  const run = async (wanted: WantedDelivery) => {
    const { id, reason } = await runToEnd(wanted);
    expect(reason).toBe(null);
    return id;
  };
  const before = sandbox.writes().length;
  const dryId = await run({ kind: "dry-run", mode: "all" });
  expect(sandbox.writes().length).toBe(before);
  const pick = { runId: dryId, states: ["would-send"], search: "" } as const;
  const isFree = action.danger === null;
  const runId = await run(isFree ? { kind: "write", mode: "all" } : { kind: "write", pick });
  const [dry, sent] = [await resultsOf(dryId), await resultsOf(runId)];
  const journal = sandbox.writes({ done: true }).slice(before);
  const done = sent.filter(({ state }) => state === "sent").flatMap(({ requests }) => requests);
  expect(journal.map(asSeen)).toEqual(done.map(asWanted));
  return { dry, sent };
}

/** A call as the server's journal has it, and as the results have it; what is sent as a form is compared by its address. */
const asSeen = ({ method, path, type, body }: WriteEntry) =>
  type === "application/json" && body !== "" ? [method, path, JSON.parse(body)] : [method, path];
const asWanted = ({ method, path, query, body }: Call) => {
  const entries = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const address = entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`;
  return body === undefined ? [method, address] : [method, address, body];
};

type Result = Awaited<ReturnType<typeof resultsOf>>[number];

async function resultsOf(runId: string) {
  const rows = await db
    .select()
    .from(deliveries)
    .where(eq(deliveries.runId, runId))
    .orderBy(deliveries.number);
  return rows.map(({ state, problems, requests }) => ({ state, problems, requests }));
}

function expectAlike({ dry, sent }: { dry: Result[]; sent: Result[] }, states: readonly string[]): void {
  expect(sent.map(({ state }) => state)).toEqual(states);
  const wouldSend = dry.filter(({ state }) => state !== "skipped");
  const done = sent.filter(({ state }) => state !== "skipped");
  expect(wouldSend.map(({ state }) => state)).toEqual(["would-send"]);
  expect(wouldSend.map(({ requests }) => requests)).toEqual(done.map(({ requests }) => requests));
}
