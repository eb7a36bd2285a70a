/** The expected sentences about proposals for teams, and about what teams hear of. */
export const saidOfTeams = {
  "team.notifications-chosen": [
    [{ changes: 1 }, "One choice of what the team hears about changed."],
    [{ changes: 2 }, "2 choices of what the team hears about changed."],
    [{ changes: 1, channel: "email" }, "One choice of what the team hears about by e-mail changed."],
    [{ changes: 2, channel: "webhook" }, "2 choices of what the team hears about by its webhook changed."],
  ],
  "team.mail-added": [
    [{ domain: "example.com" }, "Messages to the team are mailed to an address at “example.com” now."],
    [
      { domain: "example.com", replaced: "example.org" },
      "Messages to the team are mailed to an address at “example.com” now, and no more to the one at “example.org”.",
    ],
  ],
  "team.mail-removed": [
    [{ domain: "example.com" }, "Messages to the team are mailed to the address at “example.com” no more."],
  ],
  "team.mail-tested": [
    [{ domain: "example.com" }, "A test was mailed to the team's address at “example.com”."],
  ],
  "team.mail-stopped": [
    [
      { domain: "example.com" },
      "For five days nothing arrived at the team's address at “example.com”, so it was stopped.",
    ],
  ],
  "team.webhook-added": [
    [{ host: "hooks.example.com" }, "Messages to the team are posted to “hooks.example.com” now."],
  ],
  "team.webhook-removed": [
    [{ host: "hooks.example.com" }, "Messages to the team are posted to “hooks.example.com” no more."],
  ],
  "team.webhook-tested": [[{ host: "hooks.example.com" }, "A test was posted to “hooks.example.com”."]],
  "team.webhook-stopped": [
    [
      { host: "hooks.example.com", reason: "gone" },
      "The receiver at “hooks.example.com” said that it is gone.",
    ],
    [
      { host: "hooks.example.com", reason: "failing" },
      "For five days nothing arrived at “hooks.example.com”, so it was stopped.",
    ],
  ],
  "user.inbox-read": [
    [{ messages: 1 }, "A message was marked as read."],
    [{ messages: 3 }, "3 messages were marked as read."],
  ],
  "user.share-seen": [
    [{ thing: "source" }, "The person has seen a data source that was shared with them."],
    [
      { thing: "credential", itemId: "u1" },
      "The person has seen a credential that was shared with them: “Robin”.",
    ],
  ],
  "user.notice-seen": [[{ notice: "password-reset" }, "The person said to have seen a notice."]],
  "team.member-proposed": [
    [
      { userId: "u1", role: "member", invitationId: null },
      "“Robin” is to be a member of the team. An owner has to agree.",
    ],
    [
      { userId: "u1", role: "member", invitationId: "i1" },
      "“Robin” is to be a member of the team, by an administrator's invitation. An owner has to agree.",
    ],
  ],
  "team.proposal-accepted": [
    [{ userId: "u1", role: "owner" }, "An owner agreed that “Robin” is an owner of the team."],
  ],
  "team.proposal-declined": [
    [{ userId: "u1", role: "member" }, "An owner did not agree that “Robin” is a member of the team."],
  ],
  "team.proposal-withdrawn": [
    [{ userId: "u1", role: "member" }, "The proposal that “Robin” is a member of the team was taken back."],
  ],
  "team.changed-without-owner": [
    [
      { userId: "u1", role: "owner", told: 1 },
      "“Robin” became an owner of the team by an administrator's word alone, because no owner of it could act. One member was told.",
    ],
  ],
  "team.member-enabled": [
    [
      { userId: "u1" },
      "The account of “Robin”, who is in the team, was enabled again. Its owners were told.",
    ],
  ],
  "team.member-reset": [
    [
      { userId: "u1" },
      "The password of “Robin”, who is in the team, was reset by an administrator's link. Its owners were told.",
    ],
  ],
} satisfies Record<string, readonly (readonly [details: object, sentence: string])[]>;
