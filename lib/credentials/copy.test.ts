import { expect, it } from "vitest";
import { nameSchema } from "@/lib/text/names";
import { startOfCopy } from "./copy";
import type { CredentialTile } from "./types";

const copied = { description: "Reads", baseUrl: "https://bitbucket.example.com", username: null };
// Only what a copy starts from.
const copyOf = (name: string) => startOfCopy({ ...copied, name } as CredentialTile);

it.each([
  ["Nightly", "Nightly (copy)"],
  ["x".repeat(100), `${"x".repeat(93)} (copy)`],
  ["🔑".repeat(50), `${"🔑".repeat(46)} (copy)`],
])("a copy of %s has a name that the form takes", (name, expected) => {
  const start = copyOf(name);
  expect(start).toEqual({ ...copied, username: "", name: expected });
  expect(nameSchema("").parse(start.name)).toBe(expected);
});
