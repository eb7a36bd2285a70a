/** The expected sentences about password resets, notices and administrators' proposals; names as in the test of sentences. */
export const saidOfEntries = {
  "user.reset-link-made": [
    [
      { resetId: "r1", hours: 24 },
      "A link that sets a new password once, within 24 hours. The person was told.",
    ],
  ],
  "user.reset-link-revoked": [[{ resetId: "r1" }, "The link that sets a new password works no more."]],
  "user.password-reset": [
    [
      { resetId: "r1", madeById: "u2", endedSessions: 2 },
      "Whoever had the link that “Ana” made set a new password. 2 sessions ended.",
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
