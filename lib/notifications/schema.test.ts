import { describe, expect, it } from "vitest";
import { newsGroups } from "./groups";
import { choicesSchema } from "./schema";
import { isOnByDefault } from "./writing/channels";

const kinds = newsGroups.flatMap((group) => group.kinds.map(({ kind }) => kind));

describe("the form of choices", () => {
  it("names every kind once", () => {
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.length).toBe(15);
  });

  it("turns off what is not checked, on the channels that it showed only", () => {
    const choices = choicesSchema.parse({ channels: "inbox", "shared.inbox": "on", "shared.email": "on" });
    expect(choices).toHaveLength(kinds.length);
    expect(choices.filter(({ isOn }) => isOn)).toEqual([{ kind: "shared", channel: "inbox", isOn: true }]);
  });

  it("refuses channels that do not exist", () => {
    expect(choicesSchema.safeParse({ channels: "inbox,post" }).success).toBe(false);
  });
});

it("by default everything is in the inbox, and e-mails are for what needs the user", () => {
  expect(kinds.every((kind) => isOnByDefault(kind, "inbox"))).toBe(true);
  expect(kinds.filter((kind) => !isOnByDefault(kind, "email"))).toEqual([
    "server-unreachable",
    "server-back",
    "run-incomplete",
    "shared",
    "unshared",
  ]);
});
