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
