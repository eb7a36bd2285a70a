import { expect, test } from "vitest";
import type { SourceSettings } from "@/lib/connectors/streams";
import { everything, keys, read } from "@/lib/testing/read-fake";
import { emptyState } from "@/lib/testing/read-stream";
import { type FakeRepository, projectOf, repositoryOf } from "@/lib/testing/stream-server";

const chosen = (stream: string, repositories: readonly FakeRepository[]): SourceSettings => ({
  ...everything(stream),
  scope: {
    kind: "repositories",
    repositories: repositories.map(({ id, slug, name, project }) => ({
      id,
      slug,
      name,
      projectKey: project.key,
    })),
  },
});

test("chosen repositories are read without a listing", async () => {
  const world = [repositoryOf(1), repositoryOf(2), repositoryOf(3)];
  const state = emptyState();
  const { calls } = await read(world, chosen("branches", world.slice(0, 2)), state);
  expect([calls.length, keys(state)]).toEqual([2, ["1/refs/heads/main", "2/refs/heads/main"]]);
  expect([...state.groups.keys()]).toEqual(["1", "2"]);
});

test("if the first may not be read, the others still are", async () => {
  const world = [repositoryOf(1, { isReadable: false }), repositoryOf(2)];
  const state = emptyState();
  const { skipped } = await read(world, chosen("branches", world), state);
  expect([skipped, keys(state)]).toEqual([
    [{ key: "repository:1", reason: "no-right" }],
    ["2/refs/heads/main"],
  ]);
});

test("one that is not at its address is looked for by its id, by its name and then everywhere", async () => {
  const world = [repositoryOf(1), repositoryOf(2), repositoryOf(3)];
  const settings = chosen("branches", world);
  const [moved, renamed] = world;
  if (moved) moved.project = projectOf(7);
  if (renamed) Object.assign(renamed, { name: "Other", slug: "other" });
  const state = emptyState();
  const { calls } = await read(world.slice(0, 2), settings, state);
  expect(keys(state)).toEqual(["1/refs/heads/main", "2/refs/heads/main"]);
  expect([state.groups.get("1")?.label, state.groups.get("2")?.label]).toEqual(["P7/repo-1", "P3/other"]);
  expect(calls.filter(({ path }) => path === "/rest/api/1.0/repos").map(({ query }) => query.name)).toEqual([
    ...["Repo 1", "Repo 2", undefined, "Repo 3", undefined],
  ]);
});

test("chosen projects are listed each; a renamed one is found by its id", async () => {
  const world = [repositoryOf(1), repositoryOf(2), repositoryOf(4)];
  const projects = [projectOf(2), projectOf(3)];
  const settings: SourceSettings = { ...everything("branches"), scope: { kind: "projects", projects } };
  const state = emptyState();
  const { calls } = await read(world, settings, state);
  expect(keys(state)).toEqual(["1/refs/heads/main", "2/refs/heads/main", "4/refs/heads/main"]);
  expect(calls.slice(0, 1).map(({ path }) => path)).toEqual(["/rest/api/1.0/projects/P2/repos"]);
  for (const one of world) if (one.project.id === 2) one.project = { ...one.project, key: "NEW" };
  const { deleted } = await read(world, settings, state, { isSnapshot: true });
  expect([deleted, state.groups.get("1")?.label]).toEqual([[], "NEW/repo-1"]);
});

test("repositories of chosen projects are each a group: one that is gone is told from one that may not be read", async () => {
  const world = [repositoryOf(1), repositoryOf(2), repositoryOf(4), repositoryOf(5)];
  const projects = [projectOf(2), projectOf(3)];
  const settings: SourceSettings = { ...everything("repositories"), scope: { kind: "projects", projects } };
  const state = emptyState();
  await read(world, settings, state, { isSnapshot: true });
  const groups = () => [...state.records.values()].map(({ key, group }) => `${group}: ${key}`).sort();
  expect(groups()).toEqual(["1: 1", "2: 2", "4: 4", "5: 5"]);
  for (const one of world) if (one.project.id === 2) one.project = { ...one.project, key: "NEW" };
  const [, , , hidden] = world;
  if (hidden) hidden.isReadable = false;
  const left = world.filter(({ id }) => id !== 4);
  const { deleted, skipped } = await read(left, settings, state, { isSnapshot: true });
  expect([groups(), deleted, state.groups.get("1")?.label]).toEqual([
    ["1: 1", "2: 2", "5: 5"],
    ["4"],
    "NEW/repo-1",
  ]);
  expect(skipped).toEqual([{ key: "find:5", reason: "no-right" }]);
});

test("a project that is not chosen any more is not covered, though it is there", async () => {
  const world = [repositoryOf(1), repositoryOf(2)];
  const of = (...ids: number[]): SourceSettings => ({
    ...everything("branches"),
    scope: { kind: "projects", projects: ids.map(projectOf) },
  });
  const state = emptyState();
  await read(world, of(2, 3), state);
  await read(world, of(2), state, { isSnapshot: true });
  expect([keys(state), state.groups.get("2")?.state]).toEqual([["1/refs/heads/main"], "gone"]);
});

test("a repository that left the chosen projects is not covered any more", async () => {
  const world = [repositoryOf(1), repositoryOf(4)];
  const settings: SourceSettings = {
    ...everything("branches"),
    scope: { kind: "projects", projects: [projectOf(2)] },
  };
  const state = emptyState();
  await read(world, settings, state);
  const [left] = world;
  if (left) left.project = projectOf(8);
  const { deleted } = await read(world, settings, state, { isSnapshot: true });
  expect([deleted, state.groups.get("1")?.state]).toEqual([["1/refs/heads/main"], "gone"]);
});
