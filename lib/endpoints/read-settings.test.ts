import { expect, test } from "vitest";
import { findStream } from "@/lib/connectors/stream-catalogues";
import { keyOf } from "@/lib/testing/api-keys";
import { keyRefused } from "@/lib/text/key-guard";
import { type Choice, readChoice } from "./choice-address";
import { fittingChoice, settingsOf } from "./read-settings";

const kind = "bitbucket-server";
const read = (query: string) => settingsOf(kind, readChoice(new URLSearchParams(query)));

test("a complete choice becomes settings, without what other streams left in the address", () => {
  expect(read("stream=pull-requests&p.state=OPEN&p.path=/rest/x&scope=everything")).toEqual({
    ok: true,
    settings: { stream: "pull-requests", parameters: { state: "OPEN" }, scope: { kind: "everything" } },
  });
});

test.each([
  ["", "stream"],
  ["stream=galaxies", "stream"],
  ["stream=commits&scope=projects", "scope"],
  ["stream=pull-requests&p.state=HALF", "p.state"],
  ["stream=manual&p.path=/admin", "p.path"],
])("“%s” is refused at the field %s, and the sentence says where to go", (query, field) => {
  const refused = read(query);
  expect(refused).toMatchObject({
    ok: false,
    fieldErrors: { [field]: expect.any(String) },
    message: expect.stringMatching(/Go back to the step Data\.$/),
  });
});

test("an API key in a choice is refused before it is stored", () => {
  const key = keyOf("478499863402", 1);
  expect(
    read(`stream=manual&p.path=/rest/api/1.0/projects&p.query=token=${encodeURIComponent(key)}`),
  ).toMatchObject({
    ok: false,
    fieldErrors: { "p.query": keyRefused },
  });
});

test("a scope that the chosen stream lacks becomes one that it has", () => {
  const choice: Choice = { stream: "users", parameters: {}, scope: { kind: "projects", projects: [] } };
  expect(fittingChoice(findStream(kind, "users"), choice).scope).toEqual({ kind: "everything" });
  expect(fittingChoice(findStream(kind, "commits"), choice).scope).toEqual(choice.scope);
});
