import type { OpenedSource } from "@/lib/connectors/sources";
import type { AnswerMeaning, JsonObject, StreamCall, StreamReader } from "@/lib/connectors/stream-reader";
import type { Reading } from "@/lib/runs/engine/reading";

/** A repository of the stand-in: its records, by their names. */
export type FakeRepository = { readonly id: string; readonly label: string; readonly records: string[] };

/** One call to the stand-in, as it was answered. */
export type FakeCall = { readonly path: string; readonly start: number; readonly by: string };

type Hook = (call: StreamCall) => AnswerMeaning | null | Promise<AnswerMeaning | null>;

/**
 * A server without a network, for tests of the engine: a list of repositories, and pages of each one's records. `hook`
 * may answer in its place. Counts the calls, and how many were under way at a time.
 */
export class FakeServer {
  readonly repositories: FakeRepository[];
  readonly pageSize: number;
  readonly calls: FakeCall[] = [];
  hook: Hook = () => null;
  atOnce = 0;
  mostAtOnce = 0;

  constructor(repositories: readonly FakeRepository[], pageSize = 2) {
    this.repositories = [...repositories];
    this.pageSize = pageSize;
  }

  /** The engine's way to this server. */
  readonly reading: Reading = {
    readerOf: () => fakeReader,
    openSource: async (_kind, _egress, target): Promise<OpenedSource> => {
      const by = target.signIn.scheme === "basic" ? target.signIn.username : "key";
      return { ok: true, source: { get: (call) => this.answer(call, by), close: async () => undefined } };
    },
    isSnapshot: () => false,
  };

  private async answer(call: StreamCall, by: string): Promise<AnswerMeaning> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    try {
      const start = Number(call.query.start ?? 0);
      this.calls.push({ path: call.path, start, by });
      const hooked = await this.hook(call);
      // A turn for the others, as a network gives it.
      await new Promise((resolve) => setImmediate(resolve));
      return hooked ?? this.page(call.path, start, Number(call.query.limit));
    } finally {
      this.atOnce -= 1;
    }
  }

  private page(path: string, start: number, limit: number): AnswerMeaning {
    const size = Math.min(limit, this.pageSize);
    const list = path === "/repositories" ? this.repositories : this.recordsAt(path);
    if (list === null) return { kind: "skip", reason: "gone" };
    const values = list.slice(start, start + size);
    const next = start + size < list.length ? start + size : null;
    return { kind: "body", body: { values, next } };
  }

  private recordsAt(path: string): string[] | null {
    return this.repositories.find(({ id }) => path === `/repositories/${id}/records`)?.records ?? null;
  }
}

/** Reads the stand-in: one part for each repository. */
const fakeReader: StreamReader = {
  start: () => ({ key: "start", group: null, label: "Repositories", position: { start: 0 } }),
  find: (_settings, { id, label }) => ({
    key: `find:${id}`,
    group: id,
    label,
    position: { find: id, start: 0 },
  }),
  callFor: ({ partition, pageSize }, { start = 0 }) => ({
    path: partition.group === null ? "/repositories" : `/repositories/${partition.group}/records`,
    query: { start: Number(start), limit: pageSize },
  }),
  ahead: ({ partition }, position, body) => {
    const { next } = body as { next: number | null };
    return next === null || partition.group === null || position.find !== undefined ? null : { start: next };
  },
  accept: ({ partition, cursor }, position, body) => {
    const { values, next } = body as { values?: unknown[]; next: number | null };
    if (!values) return "no-records";
    const place: JsonObject | null = next === null ? null : { start: next };
    if (partition.group === null) {
      const groups = (values as FakeRepository[]).map(({ id, label }) => ({
        id,
        label,
        address: { slug: label },
      }));
      const spawns = groups.map(({ id, label }) => ({
        key: `repository:${id}`,
        group: id,
        label,
        position: { start: 0 },
      }));
      return { records: [], next: place, groups, spawns };
    }
    if (position.find !== undefined) return { records: [], next: null, groupState: "readable" };
    const records = (values as string[]).map((name) => ({
      key: `${partition.group}/${name.split("=")[0]}`,
      group: partition.group,
      parent: null,
      data: { name, read_before: cursor !== null },
    }));
    return { records, next: place, ...(place === null ? { cursor: { read: true } } : {}) };
  },
  pass: ({ partition }, _position, why) => {
    const nothing = { records: [], next: null } as const;
    if (why === "nothing") return nothing;
    const state = why === "gone" ? ("gone" as const) : ("unreadable" as const);
    return { ...nothing, skipped: why, ...(partition.group === null ? {} : { groupState: state }) };
  },
};
