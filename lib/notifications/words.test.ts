import { expect, test } from "vitest";
import { messageInWords } from "./words";

const nowhere = { credentialId: null, endpointId: null, teamId: null };

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

test("a new member reads what is shared with the team, and is led to its page", () => {
  const news = {
    kind: "shared",
    item: "team",
    role: "member",
    name: "Ledger",
    by: "Ada",
    team: null,
  } as const;
  const cureOf = (credentials: number, sources: number, destinations: number) =>
    messageInWords({ ...news, shares: { credentials, sources, destinations } }, nowhere).cure;
  expect(cureOf(0, 0, 0)).toBe("Your role in it: member. Nothing is shared with it yet.");
  expect(cureOf(1, 0, 0)).toContain("You can see now what is shared with it: 1 credential.");
  expect(cureOf(2, 1, 3)).toContain(": 2 credentials, 1 data source and 3 data destinations.");
  const shares = { credentials: 0, sources: 0, destinations: 0 };
  expect(messageInWords({ ...news, shares }, { ...nowhere, teamId: "t1" })).toMatchObject({
    title: "Ada added you to the team “Ledger”",
    link: { href: "/teams/t1", label: "Look at the team" },
  });
});

test("a stopped address says whose it is, that nothing arrived, and how it is started again", () => {
  const team = { id: "t1", name: "Ledger" };
  const of = { kind: "webhook-stopped", host: "lists.example.com", why: "failing", team } as const;
  expect(messageInWords({ ...of, channel: "email" }, nowhere)).toEqual({
    title:
      "The e-mail address of your team “Ledger” at lists.example.com was stopped: for five days, nothing arrived",
    cure: "Nothing is mailed there any more. Check that the address takes e-mails, and add it again.",
    link: { href: "/teams/t1/notifications", label: "Notifications" },
  });
  expect(messageInWords(of, nowhere)).toMatchObject({
    title: expect.stringMatching(/^The webhook of your team “Ledger” at/),
    cure: expect.stringContaining("add the webhook again"),
  });
});
