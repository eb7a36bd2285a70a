import { expect, test } from "vitest";
import { suggestName } from "./suggest-name";

const project = (name: string, id = 1) => ({ id, key: "K", name });

const repository = (projectKey: string) => ({ id: 1, projectKey, slug: "api", name: "API" });

test.each([
  [{ kind: "everything" } as const, "Pull requests"],
  [{ kind: "projects", projects: [project("Web Shop")] } as const, "Pull requests of Web Shop"],
  [{ kind: "projects", projects: [project("A"), project("B")] } as const, "Pull requests of A and B"],
  [
    { kind: "projects", projects: [project("A"), project("B"), project("C")] } as const,
    "Pull requests of 3 projects",
  ],
  [{ kind: "projects", projects: [project("Pull requests")] } as const, "Pull requests"],
  [{ kind: "projects", projects: [project("pull requests demo")] } as const, "pull requests demo"],
  [{ kind: "projects", projects: [project("Pull requestsX")] } as const, "Pull requests of Pull requestsX"],
  [
    { kind: "repositories", repositories: [repository("SHOP"), repository("OPS")] } as const,
    "Pull requests of SHOP/api and OPS/api",
  ],
  [{ kind: "repositories", repositories: [repository("SHOP")] } as const, "Pull requests of API"],
])("the suggested name says what is read and where, and nothing twice: %j", (scope, name) => {
  expect(suggestName({ label: "Pull requests" }, scope)).toBe(name);
});

test("a suggested name is one that can be saved", () => {
  const scope = { kind: "projects", projects: [project("x".repeat(300))] } as const;
  expect(suggestName({ label: "Commits" }, scope)).toHaveLength(100);
  const cut = { kind: "projects", projects: [project(`${"x".repeat(88)}😀`)] } as const;
  expect(suggestName({ label: "Commits" }, cut)).toBe(`Commits of ${"x".repeat(88)}`);
});
