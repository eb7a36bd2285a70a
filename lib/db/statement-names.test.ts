import { expect, it } from "vitest";
import { StatementNames } from "./statement-names";

const nameOf = (given: readonly unknown[]) => (given[0] as { name?: string }).name; // The tests give statements alone.

it("names a text from the second time on, always the same, and another text differently", () => {
  const names = new StatementNames();
  const asked = [{ text: "select $1", types: "kept" }, ["a"]];
  expect(names.named(asked)).toBe(asked);
  const [second, third] = [names.named(asked), names.named([{ text: "select $1" }, ["b"]])];
  expect(second).toEqual([{ text: "select $1", types: "kept", name: nameOf(third) }, ["a"]]);
  names.named([{ text: "select $2" }, ["a"]]);
  expect(nameOf(names.named([{ text: "select $2" }, ["a"]]))).not.toBe(nameOf(third));
});

it.each([
  ["without values", [{ text: "begin" }]],
  ["with an empty list of values", [{ text: "begin" }, []]],
  ["that has a name", [{ text: "select $1", name: "mine" }, ["a"]]],
  ["that is text alone", ["select $1", ["a"]]],
  ["that is very long", [{ text: `select ${"$1, ".repeat(6_000)}$1` }, ["a"]]],
  ["that is a stream", [{ submit: () => undefined }]],
])("leaves a statement %s as it is", (_what, given) => {
  const names = new StatementNames();
  names.named(given);
  expect(names.named(given)).toBe(given);
});

it("names no more than the first 200 texts", () => {
  const names = new StatementNames();
  const askTwice = (n: number) => {
    const given = [{ text: `select $1 as n${n}` }, [n]];
    names.named(given);
    return nameOf(names.named(given));
  };
  const given = Array.from({ length: 201 }, (_, n) => askTwice(n));
  expect(given.slice(0, 200).every((name) => name !== undefined)).toBe(true);
  expect(given[200]).toBeUndefined();
});
