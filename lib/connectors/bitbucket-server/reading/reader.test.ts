import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReadContext } from "@/lib/connectors/stream-reader";
import { everything, keys, read } from "@/lib/testing/read-fake";
import { emptyState, readStream } from "@/lib/testing/read-stream";
import { type FakeRepository, reachable, repositoryOf, streamServer } from "@/lib/testing/stream-server";
import { bitbucketReader } from "./reader";

describe("whatever the page sizes and gaps", () => {
  const sizes = fc.array(
    fc.record({
      commits: fc.nat(12),
      branches: fc.nat(5),
      pulls: fc.array(fc.record({ updated: fc.nat(50), isOpen: fc.boolean(), activities: fc.nat(6) }), {
        maxLength: 9,
      }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  const worlds = fc.record({
    sizes,
    limit: fc.integer({ min: 1, max: 7 }),
    gap: fc.nat(3),
    pageSize: fc.integer({ min: 1, max: 9 }),
  });

  function worldOf(given: typeof sizes extends fc.Arbitrary<infer Sizes> ? Sizes : never): FakeRepository[] {
    return given.map(({ commits, branches, pulls }, index) => {
      const repository = repositoryOf(index + 1, { commits });
      for (let at = 0; at < branches && commits > 0; at += 1) {
        repository.branches.push({ name: `refs/heads/b${at}`, tip: `r${index + 1}c${at % commits}` });
      }
      repository.pulls = pulls.map(({ updated, isOpen, activities }, at) => ({
        id: pulls.length - at,
        updated: 10_000_000 + updated * 60_000,
        state: isOpen ? "OPEN" : "MERGED",
        activities: Array.from({ length: activities }, (_, n) => (index + 1) * 10_000 + at * 100 + n),
      }));
      return repository;
    });
  }
  const expected: Record<string, (one: FakeRepository) => (string | number)[]> = {
    branches: ({ branches }) => branches.map(({ name }) => name),
    commits: ({ parents, branches }) => (branches[0] ? [...reachable(parents, branches[0].tip)] : []),
    "pull-requests": ({ pulls }) => pulls.map(({ id }) => id),
    "pull-request-activities": ({ pulls }) => pulls.flatMap(({ activities = [] }) => activities),
  };

  for (const [stream, idsOf] of Object.entries(expected)) {
    test(`${stream}: each record is read, none twice, and a second run deletes nothing`, async () => {
      await fc.assert(
        fc.asyncProperty(worlds, async ({ sizes: given, limit, gap, pageSize }) => {
          const world = worldOf(given);
          const ask = streamServer(world, { limit, gap: (row) => (row % (gap + 1)) * gap });
          const state = emptyState();
          const settings = everything(stream, stream === "commits" ? { branch: "default" } : {});
          const first = await readStream(bitbucketReader, settings, ask, state, { pageSize });
          const ids = world.flatMap((one) => idsOf(one).map((id) => `${one.id}/${id}`)).sort();
          expect(keys(state)).toEqual(ids);
          expect([first.failed, first.skipped, first.unusable]).toEqual([[], [], 0]);
          // The first page of several is read again, for what came meanwhile.
          if (!stream.startsWith("pull")) expect(first.repeated).toBe(0);
          const second = await readStream(bitbucketReader, settings, ask, state, {
            pageSize,
            isSnapshot: stream === "branches",
          });
          expect([keys(state), second.deleted]).toEqual([ids, []]);
          // Nothing was new, so no child was read again.
          if (stream === "pull-request-activities") {
            expect(second.calls.filter(({ path }) => path.endsWith("/activities"))).toEqual([]);
          }
        }),
        { numRuns: 60 },
      );
    });
  }

  test("commits of all branches are read, whatever branch they are on", async () => {
    await fc.assert(
      fc.asyncProperty(
        worlds,
        fc.array(fc.nat(30), { maxLength: 8 }),
        async ({ sizes: given, limit, pageSize }, forks) => {
          const world = worldOf(given);
          const [repository] = world;
          if (repository === undefined || repository.parents.size === 0) return;
          const known = [...repository.parents.keys()];
          for (const [at, fork] of forks.entries()) {
            repository.parents.set(`f${at}`, [known[fork % known.length] ?? ""]);
            known.push(`f${at}`);
            repository.branches.push({ name: `refs/heads/fork${at}`, tip: `f${at}` });
          }
          const state = emptyState();
          const settings = everything("commits", { branch: "all" });
          const ask = streamServer(world, { limit });
          await readStream(bitbucketReader, settings, ask, state, { pageSize });
          const ids = world.flatMap((one) => {
            const all = one.branches.flatMap(({ tip }) => [...reachable(one.parents, tip)]);
            return [...new Set(all)].map((id) => `${one.id}/${id}`);
          });
          expect(keys(state)).toEqual(ids.sort());
          const second = await readStream(bitbucketReader, settings, ask, state, { pageSize });
          expect(second.calls.filter(({ path }) => path.endsWith("/commits"))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("calls", () => {
  const pulls = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: count - index,
      updated: 10_000_000 + (count - index) * 1_000,
    }));

  test("a first read costs the listing and one call for each page; a second run one for each repository", async () => {
    const world = [
      repositoryOf(1, { commits: 2500, pulls: pulls(40) }),
      repositoryOf(2),
      repositoryOf(3, { commits: 0 }),
    ];
    const costs: Record<string, [number, number]> = {};
    for (const stream of ["branches", "commits", "pull-requests", "pull-request-participants"]) {
      const state = emptyState();
      const first = await read(world, everything(stream), state);
      const second = await read(world, everything(stream), state);
      costs[stream] = [first.calls.length, second.calls.length];
    }
    expect(costs).toEqual({
      branches: [4, 4],
      commits: [1 + 3 + 1 + 1, 4],
      "pull-requests": [4, 4],
      "pull-request-participants": [4, 4],
    });
  });

  test("the next page of a long list is known before its records are read", async () => {
    const world = [repositoryOf(1, { commits: 2500 })];
    world[0]?.branches.push(
      ...Array.from({ length: 2_100 }, (_, at) => ({ name: `refs/heads/b${at}`, tip: "r1c0" })),
    );
    for (const stream of ["branches", "commits"]) {
      const { calls, askedAhead } = await read(
        world,
        everything(stream, stream === "commits" ? { branch: "default" } : {}),
      );
      // All but the listing and the first page.
      expect([stream, calls.length, askedAhead]).toEqual([stream, 4, 2]);
    }
  });

  test("the first page of several is read once more, because pull requests come in at the front", async () => {
    const repository = repositoryOf(1, { pulls: pulls(5) });
    const answer = streamServer([repository], { limit: 2 });
    const state = emptyState();
    const { calls } = await readStream(
      bitbucketReader,
      everything("pull-requests"),
      (call) => {
        const meaning = answer(call);
        if (call.query.start === 4) repository.pulls.unshift({ id: 6, updated: 20_000_000 });
        return meaning;
      },
      state,
    );
    expect(keys(state)).toEqual(["1/1", "1/2", "1/3", "1/4", "1/5", "1/6"]);
    expect(calls.map(({ query }) => query.start)).toEqual([0, 0, 2, 4, 0]);
  });

  test("pages that fall by update are read until nothing is new, and open pull requests to their end", async () => {
    const repository = repositoryOf(1, {
      pulls: pulls(9).map((one) => ({ ...one, state: "MERGED" as const })),
    });
    const [, , , , , , , , last] = repository.pulls;
    if (last) last.state = "OPEN";
    const ask = streamServer([repository], { limit: 3 });
    const state = emptyState();
    await readStream(bitbucketReader, everything("pull-requests"), ask, state);
    const second = await readStream(bitbucketReader, everything("pull-requests"), ask, state);
    expect(second.calls.slice(1).map(({ query }) => [query.state, query.start])).toEqual([
      ["ALL", 0],
      ["OPEN", 0],
    ]);
  });

  test("pages that do not fall by update are all read", async () => {
    const updated = (id: number) => 10_000_000 + ((id * 7) % 9) * 1_000_000;
    const repository = repositoryOf(1, { pulls: pulls(9).map(({ id }) => ({ id, updated: updated(id) })) });
    const ask = streamServer([repository], { limit: 3 });
    const state = emptyState();
    await readStream(bitbucketReader, everything("pull-requests"), ask, state);
    const second = await readStream(bitbucketReader, everything("pull-requests"), ask, state);
    expect(second.calls.slice(1).map(({ query }) => query.start)).toEqual([0, 3, 6]);
  });

  test("a page that does not lead on is a broken answer", () => {
    const settings = everything("branches");
    const context: ReadContext = {
      ...{ settings, mode: "all" as const, serverVersion: null, cursor: null, pageSize: 1000 },
      partition: { key: "repository:1", group: "1" },
    } as const;
    const position = {
      at: "list",
      unit: { kind: "repository", id: 1, projectKey: "P", slug: "s", name: "s" },
      part: 0,
      start: 50,
    };
    const page = (next: unknown) => ({ values: [], isLastPage: false, nextPageStart: next });
    for (const next of [undefined, null, "75", 50, 0, Number.NaN]) {
      expect(bitbucketReader.accept(context, position, page(next))).toBeNull();
    }
    expect(bitbucketReader.accept(context, position, page(51))).toMatchObject({ next: { start: 51 } });
  });
});
