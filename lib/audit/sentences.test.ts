import { describe, expect, it } from "vitest";
import { failureWords } from "@/lib/connectors/bitbucket-server/reason-words";
import { saidOfEntries, saidOfKeys } from "@/lib/testing/audit-sentences";
import type { AuditEvent } from "./events";
import { type EventKind, eventLabels } from "./kinds";
import { plainText, sentenceOf } from "./sentences";

const names: Record<string, string> = {
  u1: "Robin",
  u2: "Ana",
  t1: "Data team",
  c1: "Ledger",
  c2: "Archive",
};
const grant = { grantId: "g1", holder: "person", holderId: "u1", holderName: "Robin", role: "operator" };
const toTeam = { ...grant, holder: "team", holderName: "Data team", role: "collaborator" };
const trust = { origin: "https://git.example.com", kind: "authority", sha256: "AB:CD" };
const added = { direction: "source", name: "Commits", credentialId: "c1" };
const endpoint = { direction: "source", name: "Commits" };
const baseUrl = "https://git.example.com";
const changed = { endedGrantId: "g0", roleBefore: "collaborator" };
const transfer = { handoverId: "h1", toUserId: "u2" };
const handedOver = {
  ...{ handoverId: "h1", fromUserId: "u1", fromName: "Robin", toUserId: "u2", toName: "Ana" },
  formerOwnersGrantId: "g1",
};
const edited = { ...endpoint, credentialId: "c1", previousCredentialId: "c1", previousName: "Commits" };

/** Each kind with what it is to say of which fields; the compiler asks for those that are missing. */
const said: Record<EventKind, readonly (readonly [details: object, sentence: string])[]> = {
  "user.signed-up": [
    [{ role: "member", invitationId: null }, "The account is a member's."],
    [
      { role: "administrator", invitationId: "i1" },
      "The account is a portal administrator's, made with an invitation.",
    ],
  ],
  "user.signed-in": [[{}, "A session began."]],
  "user.sign-in-failed": [
    [{ reason: "not-accepted" }, "Email or password was not right."],
    [{ reason: "rate-limited" }, "After too many attempts, one more was turned away."],
    [
      { reason: "not-accepted", count: 12, since: "2026-11-25T10:00:00.000Z", addresses: 1 },
      "Email or password was not right in 12 attempts.",
    ],
    [
      { reason: "rate-limited", count: 300, since: "2026-11-25T10:00:00.000Z", addresses: 7 },
      "After too many attempts, 300 more were turned away, from 7 addresses.",
    ],
  ],
  "user.signed-out": [[{}, "The session ended."]],
  "user.renamed": [[{ name: "Robin B." }, "The name is “Robin B.” now."]],
  "user.password-changed": [
    [{ endedSessions: 0 }, "No other session was open."],
    [{ endedSessions: 2 }, "2 other sessions ended."],
  ],
  "user.password-change-failed": [
    [{ reason: "not-accepted" }, "The current password was not right."],
    [{ reason: "rate-limited" }, "After too many attempts, further ones were turned away for a while."],
  ],
  "user.sessions-ended": [
    [{ which: "one", endedSessions: 1 }, "One session ended."],
    [{ which: "others", endedSessions: 1 }, "One other session ended."],
    [{ which: "all", endedSessions: 3 }, "3 sessions ended, in every browser."],
  ],
  "user.disabled": [
    [
      { endedSessions: 1 },
      "The person can no longer sign in, and what they own is stopped. One session ended.",
    ],
  ],
  "user.enabled": [[{}, "The person can sign in again, and what they own goes on."]],
  "user.role-changed": [
    [{ role: "member", endedSessions: 0 }, "The person is a member now. No session was open."],
  ],
  ...saidOfEntries,
  "invitation.added": [
    [
      { teamId: "t1", opensSignUp: false, days: 1 },
      "A link into the team “Data team” that works once, within a day.",
    ],
    [
      { teamId: null, opensSignUp: true, days: 30 },
      "A link into the portal, also for a new account, that works once, within 30 days.",
    ],
  ],
  "invitation.revoked": [[{ teamId: "t1" }, "The link into the team “Data team” works no more."]],
  "invitation.declined": [[{ teamId: null }, "Someone with the link into the portal turned it down."]],
  "team.added": [[{ name: "Data team" }, "It is called “Data team”."]],
  "team.edited": [[{ name: "Data" }, "Name or description was changed; it is called “Data” now."]],
  "team.deleted": [[{ name: "Data" }, "It was called “Data”; its members left it."]],
  "team.member-added": [
    [{ userId: "u1", role: "member", invitationId: null }, "“Robin” is a member of the team now."],
    [
      { userId: "u1", role: "member", invitationId: "i1" },
      "“Robin” is a member of the team now, by an invitation.",
    ],
  ],
  "team.member-removed": [[{ userId: "u1" }, "“Robin” was taken out of the team."]],
  "team.member-left": [[{ userId: "u1" }, "“Robin” left the team."]],
  "team.role-changed": [[{ userId: "u1", role: "owner" }, "“Robin” is an owner of the team now."]],
  "credential.added": [
    [
      { name: "Ledger", baseUrl, method: "api-key", verdict: "verified" },
      `“Ledger” was stored for “${baseUrl}”, with an API key. The server accepted it.`,
    ],
  ],
  "credential.edited": [
    [{ fields: ["name"], name: "New", previousName: "Old" }, "The name is “New” instead of “Old” now."],
    [{ fields: ["description"], name: "Old", previousName: "Old" }, "The description was changed."],
    [
      { fields: ["name", "description"], name: "New", previousName: "Old" },
      "The name is “New” instead of “Old” now. The description was changed too.",
    ],
  ],
  "credential.deleted": [[{ name: "Ledger", baseUrl }, `“Ledger” for “${baseUrl}” is gone with its secret.`]],
  "credential.refused": [
    [
      { baseUrl, reason: "SECRET_REJECTED" },
      `What was typed for “${baseUrl}” was not stored. The server did not accept the credential.`,
    ],
    [{ baseUrl, reason: "check-only" }, `What was typed for “${baseUrl}” was only checked, and accepted.`],
    [
      { baseUrl, reason: "not-stored" },
      `What was typed for “${baseUrl}” was accepted there, and could not be stored here.`,
    ],
  ],
  "credential.checked": [
    [{ verdict: "verified", reason: null }, "The server accepted it."],
    [
      { verdict: "nothing", reason: "TIMED_OUT" },
      "The server could not be asked. The server took too long to answer.",
    ],
  ],
  "credential.check-not-kept": [
    [
      { verdict: "verified", reason: null },
      "The server accepted it. The answer was not kept: the right had ended, or the credential was changed or gone.",
    ],
  ],
  "credential.tried-again": [
    [{ baseUrl }, `One more sign-in was let go to “${baseUrl}”, which had refused the last one.`],
  ],
  "credential.sent-past-front": [
    [{ baseUrl }, `The credential was let go to “${baseUrl}”, past what turns visitors away there.`],
  ],
  "credential.key-end-set": [
    [{ keyExpiresOn: "2030-01-01" }, "The API key ends on 2030-01-01."],
    [{ keyExpiresOn: null }, "The day on which the API key ends was taken away."],
  ],
  "credential.shared": [
    [grant, "“Robin” has access now, as operator."],
    [toTeam, "The team “Data team” has access now, as collaborator."],
  ],
  "credential.role-changed": [[{ ...grant, ...changed }, "“Robin” is operator now instead of collaborator."]],
  "credential.access-confirmed": [
    [
      { ...grant, endedGrantId: "g0", givenBefore: "Ana" },
      "“Robin” keeps the access as operator, which “Ana” had given.",
    ],
  ],
  "flow.access-confirmed": [
    [
      { ...toTeam, endedGrantId: "g0", givenBefore: "Ana" },
      "The team “Data team” keeps the access as collaborator, which “Ana” had given.",
    ],
  ],
  "credential.unshared": [[toTeam, "The team “Data team” has no more access as collaborator."]],
  "credential.access-restored": [[grant, "“Robin” has the access as operator again; its end was undone."]],
  "flow.access-restored": [
    [toTeam, "The team “Data team” has the access as collaborator again; its end was undone."],
  ],
  "credential.left": [[grant, "“Robin” gave up the access as operator."]],
  "credential.handover-offered": [
    [{ ...transfer, toName: "Ana" }, "It was offered to “Ana”, who has to accept."],
  ],
  "credential.handover-withdrawn": [[transfer, "The offer to “Ana” was taken back."]],
  "credential.handover-declined": [[transfer, "“Ana” declined the offer."]],
  "credential.handed-over": [
    [{ ...handedOver, name: "Ledger", nameBefore: "Ledger" }, "“Ana” owns it now instead of “Robin”."],
    [
      { ...handedOver, name: "Ledger", nameBefore: "Ledger", isPreviousDeleted: true },
      "“Ana” owns it now instead of “Robin”. The previous secret that was kept is deleted.",
    ],
    [
      { ...handedOver, name: "Ledger 2", nameBefore: "Ledger" },
      "“Ana” owns it now instead of “Robin”, and calls it “Ledger 2” instead of “Ledger”.",
    ],
  ],
  "flow.added": [
    [added, "The data source “Commits” uses the credential “Ledger”."],
    [
      { ...added, direction: "destination", action: "pull-request-comment" },
      "The data destination “Commits” writes “Pull request comment” with the credential “Ledger”.",
    ],
    [{ ...added, stream: "tags" }, "The data source “Commits” reads “Tags” with the credential “Ledger”."],
    [
      { ...added, stream: "from-before" },
      "The data source “Commits” reads “from-before” with the credential “Ledger”.",
    ],
  ],
  "flow.edited": [
    [{ ...edited, fields: ["description"] }, "The description was changed."],
    [
      { ...edited, fields: ["writing", "input"], direction: "destination", action: "pull-request-comment" },
      "What it writes was changed: “Pull request comment”. Where its records come from was changed.",
    ],
    [
      { ...edited, fields: ["name", "credential"], previousName: "Old", credentialId: "c2" },
      "The name is “Commits” instead of “Old” now. The data source uses the credential “Archive” instead of “Ledger” now.",
    ],
    [
      { ...edited, fields: ["credential"], credentialId: "c2" },
      "The data source uses the credential “Archive” instead of “Ledger” now.",
    ],
    [
      { ...edited, fields: ["credential"], credentialId: "c2", previousCredentialId: null },
      "The data source uses the credential “Archive” now.",
    ],
  ],
  "flow.paused": [[endpoint, "Nothing runs the data source “Commits” until it is activated."]],
  "flow.activated": [[endpoint, "The data source “Commits” may run again."]],
  "flow.deleted": [
    [
      { ...endpoint, credentialId: "gone" },
      "The data source “Commits”, which used the credential “gone”, is gone.",
    ],
    [{ ...endpoint, credentialId: null }, "The data source “Commits” is gone."],
  ],
  "flow.credential-deleted": [
    [
      { ...endpoint, credentialId: "c1" },
      "The data source “Commits” had stopped when its owner lost the right to its credential, which is deleted now.",
    ],
  ],
  "flow.shared": [[grant, "“Robin” has access now, as operator."]],
  "flow.role-changed": [[{ ...grant, ...changed }, "“Robin” is operator now instead of collaborator."]],
  "flow.unshared": [[grant, "“Robin” has no more access as operator."]],
  "flow.left": [[grant, "“Robin” gave up the access as operator."]],
  "server.trust-added": [
    [trust, `For “${baseUrl}” alone, the certificate authority with the SHA-256 AB:CD is trusted.`],
  ],
  "server.trust-ended": [
    [
      { ...trust, kind: "pin" },
      `For “${baseUrl}”, the certificate with the SHA-256 AB:CD is trusted no more.`,
    ],
  ],
  ...saidOfKeys,
  "audit.exported": [
    [{ format: "csv", narrowed: false }, "All of the log was taken away as CSV."],
    [{ format: "ndjson", narrowed: true }, "A part of the log was taken away as NDJSON."],
  ],
};

function sentence(event: string, details: object): string | null {
  const found = sentenceOf(event, { ...details }, (id) => names[id]);
  return found && plainText(found);
}

describe("every kind of event reads as a plain sentence", () => {
  it.each(Object.keys(eventLabels) as AuditEvent["event"][])("%s", (kind) => {
    expect(said[kind].length).toBeGreaterThan(0);
    for (const [details, expected] of said[kind]) expect(sentence(kind, details)).toBe(expected);
  });

  it("and one of a newer portal has none here, nor one that an earlier portal wrote without a field", () => {
    expect(sentence("credential.sung", {})).toBeNull();
    expect(sentence("credential.checked", { verdict: "verified" })).toBeNull();
  });
});

it("no sentence holds a code, for any failure, even an unknown one", () => {
  for (const reason of [...Object.keys(failureWords), "SOMETHING_NEWER"]) {
    const told = [
      sentence("credential.checked", { verdict: "nothing", reason }),
      sentence("credential.check-not-kept", { verdict: "rejected", reason }),
      sentence("credential.refused", { baseUrl, reason }),
    ];
    for (const text of told) {
      expect(text).not.toContain(reason);
      expect(text?.toLowerCase()).not.toContain(`: ${reason.toLowerCase().replaceAll("_", " ")}.`);
      expect(text).toMatch(/\.$/);
    }
  }
});
