import { expect, test } from "vitest";
import { everything, keys, read } from "@/lib/testing/read-fake";
import { emptyState, readStream } from "@/lib/testing/read-stream";
import { projectOf, repositoryOf, streamServer } from "@/lib/testing/stream-server";
import { bitbucketReader } from "./reader";

test("a force-push removes the commits that only the old branch had", async () => {
  const repository = repositoryOf(1, { commits: 4 });
  const state = emptyState();
  await read([repository], everything("commits"), state);
  repository.parents.set("new1", ["r1c1"]).set("new2", ["new1"]);
  repository.branches = [{ name: "refs/heads/main", tip: "new2" }];
  const second = await read([repository], everything("commits"), state);
  expect(keys(state)).toEqual(["1/new1", "1/new2", "1/r1c0", "1/r1c1"]);
  expect(second.deleted.toSorted()).toEqual(["1/r1c2", "1/r1c3"]);
});

test("a branch that was set back loses what came after", async () => {
  const repository = repositoryOf(1, { commits: 4 });
  const state = emptyState();
  await read([repository], everything("commits"), state);
  repository.branches = [{ name: "refs/heads/main", tip: "r1c1" }];
  await read([repository], everything("commits"), state);
  expect(keys(state)).toEqual(["1/r1c0", "1/r1c1"]);
});

test("if the old commits are collected, the whole branch is read", async () => {
  const repository = repositoryOf(1, { commits: 3 });
  const state = emptyState();
  await read([repository], everything("commits"), state);
  repository.parents = new Map([
    ["n0", []],
    ["n1", ["n0"]],
  ]);
  repository.branches = [{ name: "refs/heads/main", tip: "n1" }];
  await read([repository], everything("commits"), state);
  expect(keys(state)).toEqual(["1/n0", "1/n1"]);
});

test("a deleted pull request is found, and with it what belongs to it; a changed one is read again", async () => {
  const at = 100_000_000;
  const repository = repositoryOf(1, {
    pulls: [
      { id: 3, updated: at, activities: [31, 32] },
      { id: 2, updated: at - 60_000, state: "MERGED", activities: [21] },
      { id: 1, updated: at - 3_600_000, state: "MERGED", activities: [11] },
    ],
  });
  const [pulls, activities] = [emptyState(), emptyState()];
  await read([repository], everything("pull-requests"), pulls);
  await read([repository], everything("pull-request-activities"), activities);
  repository.pulls = [{ id: 3, updated: at, version: 1, activities: [31] }, ...repository.pulls.slice(2)];
  const [first, second] = [
    await read([repository], everything("pull-requests"), pulls),
    await read([repository], everything("pull-request-activities"), activities),
  ];
  expect([first.deleted, second.deleted.toSorted()]).toEqual([["1/2"], ["1/21", "1/32"]]);
  expect(second.calls.map(({ path }) => path.split("/").slice(8).join("/"))).toEqual([
    "",
    "pull-requests",
    "pull-requests/3/activities",
  ]);
});

test("a closed pull request that was commented on is read again, others are not", async () => {
  const at = 100_000_000;
  const pulls = [9, 8, 7].map((id) => ({
    id,
    updated: at + id * 3_600_000,
    state: "MERGED" as const,
    activities: [id],
  }));
  const repository = repositoryOf(1, { pulls });
  const state = emptyState();
  await read([repository], everything("pull-request-activities"), state);
  const [, , oldest] = pulls;
  if (oldest) Object.assign(oldest, { updated: at * 9, activities: [7, 70] });
  const { calls } = await read([repository], everything("pull-request-activities"), state);
  expect(calls.map(({ path }) => path.split("/").at(-2))).toEqual(["1.0", "repo-1", "7"]);
  expect(keys(state)).toEqual(["1/7", "1/70", "1/8", "1/9"]);
});

test("a pull request that is deleted while the others are read does not stop them", async () => {
  const pulls = [3, 2, 1].map((id) => ({ id, updated: id, activities: [id] }));
  const repository = repositoryOf(1, { pulls });
  const ask = streamServer([repository]);
  const state = emptyState();
  const { failed, skipped } = await readStream(
    bitbucketReader,
    everything("pull-request-activities"),
    (call) => {
      if (call.path.endsWith("/3/activities")) repository.pulls = pulls.filter(({ id }) => id !== 2);
      return ask(call);
    },
    state,
  );
  expect([keys(state), failed, skipped]).toEqual([["1/1", "1/3"], [], []]);
});

test("one commit is enough to see that a branch has nothing new", async () => {
  const repository = repositoryOf(1, { commits: 5 });
  const state = emptyState();
  await read([repository], everything("commits"), state);
  const { calls } = await read([repository], everything("commits"), state);
  expect(calls.slice(1).map(({ query }) => query)).toEqual([{ limit: 1, start: 0 }]);
});

test("a new repository under the name of a deleted one is another", async () => {
  const world = [repositoryOf(1), repositoryOf(4)];
  const state = emptyState();
  await read(world, everything("branches"), state);
  world[0] = { ...repositoryOf(7), slug: "repo-1", branches: [{ name: "refs/heads/new", tip: "r7c2" }] };
  const { deleted } = await read(world, everything("branches"), state, { isSnapshot: true });
  expect(state.groups.get("1")?.state).toBe("gone");
  expect([deleted, keys(state)]).toEqual([["1/refs/heads/main"], ["4/refs/heads/main", "7/refs/heads/new"]]);
});

test("a repository that may not be read any more keeps its records; a deleted one loses them", async () => {
  const world = [repositoryOf(1), repositoryOf(2), repositoryOf(3)];
  const state = emptyState();
  await read(world, everything("branches"), state);
  const [, hidden] = world;
  if (hidden) hidden.isReadable = false;
  const { skipped, deleted } = await read(world.slice(0, 2), everything("branches"), state, {
    isSnapshot: true,
  });
  expect([...state.groups.values()].map(({ id, state: is }) => [id, is])).toEqual([
    ["1", "readable"],
    ["2", "unreadable"],
    ["3", "gone"],
  ]);
  expect([skipped, deleted]).toEqual([[{ key: "find:2", reason: "no-right" }], ["3/refs/heads/main"]]);
  expect(keys(state)).toEqual(["1/refs/heads/main", "2/refs/heads/main"]);
});

test("a renamed and moved repository keeps its records", async () => {
  const world = [repositoryOf(1), repositoryOf(2)];
  const state = emptyState();
  await read(world, everything("branches"), state);
  const [one] = world;
  if (one) Object.assign(one, { slug: "renamed", project: projectOf(9) });
  const { deleted } = await read(world, everything("branches"), state, { isSnapshot: true });
  expect([deleted, state.groups.get("1")?.label]).toEqual([[], "P9/renamed"]);
});
