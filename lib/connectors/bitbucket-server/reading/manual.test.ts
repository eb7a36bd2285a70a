import { expect, test } from "vitest";
import { emptyState, readStream } from "@/lib/testing/read-stream";
import { pageOf } from "@/lib/testing/stream-server";
import { bitbucketReader } from "./reader";

const settingsOf = (parameters: Record<string, string>) => ({
  ...{ stream: "manual", scope: { kind: "everything" } as const },
  parameters: { path: "/rest/x", query: "", records: "", key: "", ...parameters },
});

/** Reads with the same body, or what a function makes of the call. */
async function read(parameters: Record<string, string>, body: unknown) {
  const state = emptyState();
  const result = await readStream(
    bitbucketReader,
    settingsOf(parameters),
    (call) => ({ kind: "body", body: typeof body === "function" ? body(call) : body }),
    state,
    { pageSize: 2 },
  );
  return { ...result, records: [...state.records.values()] };
}

test("the typed query is sent, and the paging wins over it", async () => {
  const { calls } = await read({ path: "/rest/x?filter=a&start=5", query: "order=NEWEST&limit=7" }, []);
  expect(calls).toEqual([{ path: "/rest/x", query: { filter: "a", order: "NEWEST", limit: 2, start: 0 } }]);
});

test("a list is read to its end, by the key that was chosen", async () => {
  const rows = [1, 2, 3, 4, 5].map((id) => ({ user: { id }, token: "hidden" }));
  const { records, calls } = await read({ key: "user.id" }, (call: Parameters<typeof pageOf>[1]) =>
    pageOf(rows, call),
  );
  expect(records.map(({ key, data }) => [key, data.record])).toEqual(
    rows.map(({ user }) => [String(user.id), { user }]),
  );
  expect(calls.length).toBe(3);
});

test("without a key field, equal records are one", async () => {
  const { records } = await read({}, [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 2 }]);
  expect(records.map(({ data }) => data.record)).toEqual([{ b: 2, a: 1 }, { a: 2 }]);
});

test("a record without the key field is counted", async () => {
  const { records, unusable } = await read({ key: "id" }, [{ id: 1 }, { name: "x" }]);
  expect([records.length, unusable]).toEqual([1, 1]);
});

test.each([
  ["", { state: "RUNNING" }, [{ state: "RUNNING" }]],
  ["/", { values: [1] }, [{ values: [1] }]],
  ["/data/items", { data: { items: [{ id: 1 }, "x"] } }, [{ id: 1 }, "x"]],
  ["/a~1b/1", { "a/b": [{ id: 1 }, { id: 2 }] }, [{ id: 2 }]],
])("records are taken from %j", async (records, body, expected) => {
  expect((await read({ records }, body)).records.map(({ data }) => data.record)).toEqual(expected);
});

test.each([
  ["values", { items: [] }],
  ["/toString", {}],
  ["/data/items", { data: {} }],
])("an answer has no records at %j", async (records, body) => {
  expect((await read({ records }, body)).failed).toEqual([{ key: "start", meaning: "no-records" }]);
});
