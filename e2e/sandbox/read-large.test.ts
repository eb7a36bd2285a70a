import { afterAll, beforeAll, expect, test } from "vitest";
import type { SourceConnection } from "@/lib/connectors/sources";
import { sandboxKeys } from "./accounts";
import { closeSources, held, keys, read, sourceAt, withKey } from "./read-sources";
import { type Sandbox, startSandbox } from "./start";

let sandbox: Sandbox;
let source: SourceConnection;
beforeAll(async () => {
  sandbox = await startSandbox({ size: "large" });
  source = await sourceAt(sandbox, withKey(sandboxKeys.zoeAdmin));
});
afterAll(async () => {
  await closeSources();
  await sandbox.close();
});

test.each(["branches", "commits", "pull-requests"])(
  "%s are read completely with as few calls as there can be, and with nothing new one for each repository",
  async (stream) => {
    const { world } = sandbox.instance("/");
    const idsOf = held[stream];
    const ids = world.repositories.map((one) =>
      idsOf === undefined ? [] : idsOf(one, world.contentOf(one), sandbox).map((id) => `${one.id}/${id}`),
    );
    const first = await read(source, stream);
    expect([first.failed, first.skipped, first.unusable]).toEqual([[], [], 0]);
    expect(keys(first.state)).toEqual(ids.flat().sort());
    const pages = ids.map((one) => Math.max(1, Math.ceil(one.length / 1000)));
    const fewest = 1 + pages.reduce((sum, count) => sum + count, 0);
    expect(first.calls.length).toBeGreaterThanOrEqual(fewest);
    expect(first.calls.length / fewest).toBeLessThanOrEqual(1.05);
    const second = await read(source, stream, first.state);
    expect(second.deleted).toEqual([]);
    // A snapshot is read whole each time.
    if (stream === "branches") return;
    // Nothing says by what the server sorts pull requests, so more than a page of them is read to the end.
    expect(second.calls.length).toBe(stream === "commits" ? 1 + ids.length : fewest);
  },
  300_000,
);
