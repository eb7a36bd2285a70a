import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SourceConnection } from "@/lib/connectors/sources";
import { streamsOf } from "@/lib/connectors/stream-catalogues";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { Stream } from "@/lib/connectors/streams";
import { emptyState, type ReadState } from "@/lib/testing/read-stream";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import {
  asAna,
  closeSources,
  expected,
  held,
  isKeptFromAna,
  keys,
  kind,
  read,
  sourceAt,
  withKey,
} from "./read-sources";
import type { InstanceSettings } from "./settings";
import { type Sandbox, startSandbox } from "./start";

describe("the small company", () => {
  let sandbox: Sandbox;
  let admin: SourceConnection;
  beforeAll(async () => {
    sandbox = await startSandbox();
    admin = await sourceAt(sandbox, asAna);
  });
  beforeEach(() => sandbox.reset());
  afterAll(async () => {
    await closeSources();
    await sandbox.close();
  });

  test.each(Object.keys(held))("%s are read completely, whatever the server's pages", async (stream) => {
    for (const changes of [{}, { pageLimit: 7, pageGaps: true }] satisfies Partial<InstanceSettings>[]) {
      sandbox.set("/", changes);
      const { state, failed, skipped, unusable } = await read(admin, stream);
      expect([failed, skipped, unusable]).toEqual([[], [], 0]);
      expect(keys(state)).toEqual(expected(sandbox, stream));
    }
  });

  // The server shows these to people only.
  const forPeople = new Set(["http-access-tokens"]);
  const others = streamsOf(kind).filter(({ id }) => held[id] === undefined && !forPeople.has(id));

  test.each(others.map((one): [string, Stream] => [one.id, one]))(
    "%s are read without a failure, in columns that are known, and the same again",
    async (stream, { columns }) => {
      const parameters = { path: "/rest/api/1.0/projects", key: "id" };
      const first = await read(admin, stream, emptyState(), { parameters });
      expect([first.failed, first.skipped, first.unusable, first.repeated]).toEqual([[], [], 0, 0]);
      const before = new Map(first.state.records);
      expect(before.size).toBeGreaterThan(0);
      const second = await read(admin, stream, first.state, { parameters, mode: "all" });
      expect([second.deleted, second.state.records]).toEqual([[], before]);
      const known = new Set(columns.map(({ name }) => name));
      const names = new Set([...before.values()].flatMap(({ data }) => Object.keys(data)));
      expect([...names].filter((name) => !known.has(name))).toEqual([]);
      // What the sandbox sends, as real servers do, has a column or is dropped with a reason.
      const extra = [...before.values()].flatMap(({ data }) => Object.keys(objectOf(data.extra)));
      expect([...new Set(extra)]).toEqual([]);
    },
  );

  test("a key that may not read something is told apart from a refused key", async () => {
    const reader = await sourceAt(sandbox, withKey(sandboxKeys.janeRead));
    const webhooks = await read(reader, "webhooks");
    expect(webhooks.skipped.length).toBeGreaterThan(0);
    expect(new Set(webhooks.skipped.map(({ reason }) => reason))).toEqual(new Set(["no-right"]));
    const revoked = await sourceAt(sandbox, withKey(sandboxKeys.janeRevoked));
    const refused = await read(revoked, "branches");
    expect([refused.calls.length, refused.failed]).toEqual([
      1,
      [{ key: "start", meaning: { kind: "refused", reason: "SECRET_REJECTED" } }],
    ]);
  });

  test.each(["7.21.0", "8.19.4", "9.4.3", "10.2.1", "10.4.2"])(
    "version %s gives the same records",
    async (version) => {
      const ofUsual = await read(admin, "pull-requests");
      sandbox.set("/", { version });
      const { state } = await read(admin, "pull-requests", emptyState(), { version });
      expect(keys(state)).toEqual(keys(ofUsual.state));
      const [one] = state.records.values();
      expect(one?.data.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    },
  );

  test.each(["7.21.0", "10.2.1", "10.4.2"])(
    "a route that version %s lacks is not available",
    async (version) => {
      sandbox.set("/", { version, withoutRoutes: ["/labels"] });
      const { failed } = await read(admin, "labels");
      expect(failed.map(({ meaning }) => meaning)).toEqual(failed.map(() => ({ kind: "not-available" })));
      expect(failed.length).toBeGreaterThan(0);
    },
  );

  describe("between two runs", () => {
    const repository = "DATA/event-lake";
    const change = () => sandbox.instance("/");

    test("new commits are read, and nothing else", async () => {
      const { state } = await read(admin, "commits");
      const { commits } = change().change("addCommits", { repository, count: 3 });
      const second = await read(admin, "commits", state);
      expect(keys(state)).toEqual(expected(sandbox, "commits"));
      const readable = change().world.repositories.filter((one) => !isKeptFromAna(one));
      expect(second.calls.length).toBe(1 + readable.length + 1);
      expect([commits.length, second.deleted]).toEqual([3, []]);
    });

    test("a force-push whose old commits were collected leaves exactly what the branch has", async () => {
      const { state } = await read(admin, "commits");
      const { oldTip } = change().change("forcePush", { repository, drop: 2, add: 1 });
      const { deleted } = await read(admin, "commits", state);
      expect(keys(state)).toEqual(expected(sandbox, "commits"));
      expect(deleted).toHaveLength(2);
      expect(deleted.some((key) => key.endsWith(oldTip))).toBe(true);
    });

    test("deleted pull requests, comments, branches and repositories are found", async () => {
      const states = new Map<string, ReadState>();
      const streams = ["branches", "pull-requests", "pull-request-comments", "pull-request-activities"];
      for (const stream of streams) states.set(stream, (await read(admin, stream)).state);
      const { world } = change();
      const lake = world.repositories.find(({ slug }) => slug === "event-lake");
      const pulls = lake === undefined ? [] : world.contentOf(lake).pullRequests;
      const commented = pulls.find((pull) => lake && world.detailsOf(lake, pull).comments.length > 0);
      const comment = lake && commented && world.detailsOf(lake, commented).comments[0];
      const other = pulls.find((pull) => pull !== commented);
      change().change("deleteComment", { repository, id: commented?.id ?? 0, comment: comment?.id ?? 0 });
      change().change("deletePullRequest", { repository, id: other?.id ?? 0 });
      change().change("createBranch", { repository, branch: "try/this" });
      change().change("deleteRepository", { repository: "SHOP/storefront" });
      for (const stream of streams) {
        const second = await read(admin, stream, states.get(stream));
        expect([stream, keys(second.state)]).toEqual([stream, expected(sandbox, stream)]);
        expect(second.deleted.length > 0 || stream === "branches").toBe(true);
        expect([...second.state.groups.values()].filter(({ state: is }) => is === "gone")).toHaveLength(1);
      }
    });

    test("a project that was renamed keeps all its records, under their new names", async () => {
      const { state } = await read(admin, "branches");
      const before = keys(state);
      change().change("renameProject", { project: "SHOP", key: "STORE" });
      const { deleted } = await read(admin, "branches", state);
      expect([keys(state), deleted]).toEqual([before, []]);
      const names = new Set([...state.records.values()].map(({ data }) => data.project_key));
      expect([names.has("SHOP"), names.has("STORE")]).toEqual([false, true]);
    });

    test("a repository that becomes unreadable keeps its records and is named", async () => {
      const reader = await sourceAt(sandbox, withKey(sandboxKeys.janeRead));
      const { state } = await read(reader, "branches");
      const before = keys(state);
      change().change("hideRepository", { repository, account: sandboxAccounts.jane.name });
      const { skipped, deleted } = await read(reader, "branches", state);
      expect([keys(state), deleted]).toEqual([before, []]);
      expect(skipped.map(({ reason }) => reason)).toEqual(["no-right"]);
      expect([...state.groups.values()].filter(({ state: is }) => is === "unreadable")).toMatchObject([
        { label: repository },
      ]);
    });
  });
});

function objectOf(value: unknown): JsonObject {
  // Of `extra`, which the reader makes.
  return typeof value === "object" && value !== null ? (value as JsonObject) : {};
}
