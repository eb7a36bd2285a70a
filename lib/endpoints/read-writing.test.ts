import { describe, expect, test } from "vitest";
import { actionCatalogueOf, findAction } from "@/lib/connectors/action-catalogues";
import { mapRecord } from "@/lib/mapping/map-record";
import { problemsOfWriting } from "@/lib/mapping/problems";
import { columnInTemplate } from "@/lib/mapping/template";
import type { FieldMapping } from "@/lib/mapping/types";
import { keyOf } from "@/lib/testing/api-keys";
import { keyRefused } from "@/lib/text/key-guard";
import { writingOf } from "./read-writing";
import { addEndpointSchema } from "./schema";
import {
  columnKeyToken,
  type InputRef,
  readWritingChoice,
  type WritingChoice,
  writingAddress,
} from "./writing-address";

const input: InputRef = { kind: "upload", id: "11111111-1111-4111-8111-111111111111" };

const mapping: Readonly<Record<string, FieldMapping>> = {
  project: { from: "constant", value: "SHOP" },
  repository: { from: "constant", value: "storefront" },
  pullRequest: { from: "constant", value: "1" },
  text: { from: "constant", value: "Hello" },
};

function choiceWith(more: Partial<WritingChoice>): WritingChoice {
  const chosen = { action: "pull-request-comment", inputKind: input.kind, input, matchKey: "", allows: [] };
  return { ...chosen, mapping, ...more };
}

describe("an API key in a mapping", () => {
  const key = keyOf("123456789012", 3);

  test.each<[string, string, FieldMapping]>([
    ["a constant", "v.text", { from: "constant", value: `Bearer ${key}` }],
    ["a text", "t.text", { from: "text", text: `{{message}} BBDC-${key}` }],
    ["an optional field", "v.severity", { from: "constant", value: key }],
  ])("is refused in %s at its control, before it is stored", (_where, control, wrong) => {
    const choice = choiceWith({ mapping: { ...mapping, [control.slice(2)]: wrong } });
    const read = writingOf("bitbucket-server", choice);
    expect(read).toMatchObject({ ok: false, fieldErrors: { [control]: keyRefused } });
    expect(JSON.stringify(read)).not.toContain(key);
    const typed = {
      ...{ direction: "destination", connector: "bitbucket-server", name: "Comments", description: "" },
      credentialId: "22222222-2222-4222-8222-222222222222",
      choice: writingAddress(choice).toString(),
      schedule: "manual",
    };
    const parsed = addEndpointSchema.safeParse(typed);
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).not.toContain(key);
  });

  test("counts for nothing where the field belongs to another action", () => {
    const foreign: FieldMapping = { from: "constant", value: key };
    const read = writingOf("bitbucket-server", choiceWith({ mapping: { ...mapping, body: foreign } }));
    expect(read.ok && Object.keys(read.writing.mapping)).toEqual(Object.keys(mapping));
  });
});

describe("a hostile column's name", () => {
  const action = findAction("bitbucket-server", "pull-request-comment");
  if (!action) throw new Error("the action of these tests is gone");
  const catalogue = actionCatalogueOf("bitbucket-server");

  test.each([
    "__proto__",
    "constructor",
    "column.text",
    "a}}b",
    "{{text}}",
    "back\\slash\\",
    " a ",
    "a&m.text=none#?+%26",
    "<script>alert(1)</script>",
    "'; drop table records; --",
    "line\nbreak",
    "\u202egnirts",
    "n".repeat(200),
  ])("%j goes through the address unchanged, and names that column alone", (name) => {
    const choice = choiceWith({
      mapping: {
        ...mapping,
        repository: { from: "column", column: name },
        text: { from: "text", text: `By ${columnInTemplate(name)}` },
      },
      matchKey: columnKeyToken(name),
    });
    const sent = readWritingChoice(new URLSearchParams(writingAddress(choice).toString()));
    expect(sent).toEqual(choice);
    const read = writingOf("bitbucket-server", sent);
    if (!read.ok) throw new Error(read.message);
    const columns = [{ name, type: "text" } as const];
    expect(problemsOfWriting(catalogue, action, columns, read.writing, false)).toEqual([]);
    const others = [{ name: "text", type: "text" } as const];
    expect(problemsOfWriting(catalogue, action, others, read.writing, false)).toHaveLength(3);
    const map = (data: object) =>
      mapRecord(catalogue, action, read.writing, {
        ...{ key: "1", matchable: false },
        // As it comes from the database, with own properties of any name.
        data: JSON.parse(JSON.stringify(data)),
      });
    expect(map(Object.fromEntries([[name, "ok"]]))).toMatchObject({
      ok: true,
      matchKey: "ok",
      values: { repository: "ok", text: "By ok" },
    });
    expect(map({})).toMatchObject({ ok: false, matchKey: "" });
  });

  test("and a field's name of an object's own parts are no mapping", () => {
    const address = new URLSearchParams({
      ...{ action: "pull-request-comment", input: "upload", upload: input.id },
      ...{ "m.__proto__": "constant", "v.__proto__": "x", "m.constructor": "constant", "v.constructor": "x" },
    });
    const read = writingOf("bitbucket-server", readWritingChoice(address));
    expect(read.ok && read.writing.mapping).toEqual({});
    expect(Object.getPrototypeOf(readWritingChoice(address).mapping)).toBe(Object.prototype);
  });
});
