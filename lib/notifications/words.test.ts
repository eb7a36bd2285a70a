import { expect, test } from "vitest";
import { messageInWords } from "./words";

const nowhere = { credentialId: null, endpointId: null };

test("a message about a team says who did what, and what follows from it", () => {
  const of = { item: "team", name: "Ledger", by: "Ada", team: null } as const;
  expect(messageInWords({ kind: "unshared", ...of }, nowhere)).toEqual({
    title: "Ada removed you from the team “Ledger”",
    cure: expect.stringContaining("through this team alone"),
    link: null,
  });
  expect(messageInWords({ kind: "shared", role: "owner", ...of }, nowhere)).toMatchObject({
    title: "Ada took you back into the team “Ledger”",
    cure: expect.stringContaining("Your role in it: owner."),
  });
});
