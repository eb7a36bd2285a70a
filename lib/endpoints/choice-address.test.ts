import { expect, test } from "vitest";
import { addressOf, type Choice, choiceAddress, mostChosen, readChoice, whyTooMany } from "./choice-address";

const repository = { id: 7, projectKey: "~jane", slug: "web.shop", name: "Web / Shop & Söhne" };
const choice: Choice = {
  stream: "pull-requests",
  parameters: { state: "OPEN", branch: "a&b=c" },
  scope: { kind: "repositories", repositories: [repository] },
};

test("a choice survives its way through an address", () => {
  expect(readChoice(new URLSearchParams(choiceAddress(choice).toString()))).toEqual(choice);
  const projects: Choice = {
    stream: "projects",
    parameters: {},
    scope: { kind: "projects", projects: [{ id: 1, key: "SHOP", name: "Web Shop" }] },
  };
  expect(readChoice(choiceAddress(projects))).toEqual(projects);
});

test("a long name is shortened between characters", () => {
  const name = `${"x".repeat(39)}😀😀`;
  const long = {
    ...choice,
    scope: { kind: "repositories", repositories: [{ ...repository, name }] },
  } as const;
  const read = readChoice(new URLSearchParams(choiceAddress(long).toString())).scope;
  expect(read).toMatchObject({ repositories: [{ name: "x".repeat(39) }] });
});

test("malformed and repeated projects and repositories in an address are left out", () => {
  const tokens = [
    "7/SHOP/storefront/Storefront",
    "7/OTHER/same-id/Same",
    "x/SHOP/a/A",
    "8/SHOP",
    "",
    "9/A/b/",
    "10/A/c/\0",
    "11/A/d/\u202Egpj.exe",
  ];
  const address = addressOf({ stream: "commits", scope: "repositories", repository: tokens });
  expect(readChoice(address).scope).toEqual({
    kind: "repositories",
    repositories: [
      { id: 7, projectKey: "SHOP", slug: "storefront", name: "Storefront" },
      { id: 9, projectKey: "A", slug: "b", name: "b" },
    ],
  });
});

test("an unknown or repeated scope reads everything, and nothing is chosen at first", () => {
  const nothing = { stream: "", parameters: {}, scope: { kind: "everything" } };
  expect(readChoice(new URLSearchParams())).toEqual(nothing);
  expect(readChoice(new URLSearchParams("scope=galaxy"))).toEqual(nothing);
});

test("more than an address can hold is refused with a way out", () => {
  const repositories = Array.from({ length: mostChosen + 1 }, (_, id) => ({ ...repository, id }));
  const many = { ...choice, scope: { kind: "repositories", repositories } } as const;
  expect(whyTooMany(many)).toBe(`Choose at most 50, or their projects. These are ${mostChosen + 1}.`);
  const long = repositories.slice(1).map((one) => ({ ...one, slug: "ü".repeat(128) }));
  expect(whyTooMany({ ...choice, scope: { kind: "repositories", repositories: long } })).toMatch(/too long/);
  expect(whyTooMany(choice)).toBeNull();
});
