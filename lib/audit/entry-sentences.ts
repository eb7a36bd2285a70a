import { ended, quote, type Says, teamRole } from "./sentence-parts";

type ProposalKind =
  | "team.member-proposed"
  | "team.proposal-accepted"
  | "team.proposal-declined"
  | "team.proposal-withdrawn"
  | "team.changed-without-owner"
  | "team.member-enabled"
  | "team.member-reset"
  | "team.notifications-chosen"
  | "team.mail-added"
  | "team.mail-removed"
  | "team.mail-tested"
  | "team.mail-stopped"
  | "team.webhook-added"
  | "team.webhook-removed"
  | "team.webhook-tested"
  | "team.webhook-stopped";
type AccountKind =
  | "user.reset-link-made"
  | "user.reset-link-revoked"
  | "user.password-reset"
  | "user.notice-seen"
  | "user.share-seen"
  | "user.inbox-read"
  | "user.notifications-chosen"
  | "user.calendar-made"
  | "user.calendar-revoked"
  | "user.webhook-added"
  | "user.webhook-removed"
  | "user.webhook-tested"
  | "user.webhook-stopped";

/** The sentences about administrators' proposals for teams, and about what teams hear of. */
export const proposalSays: Pick<Says, ProposalKind> = {
  "team.member-proposed": ({ userId, role, invitationId }, named) => [
    named(userId),
    ` is to be ${teamRole(role)} of the team${invitationId ? ", by an administrator's invitation" : ""}. An owner has to agree.`,
  ],
  "team.proposal-accepted": ({ userId, role }, named) => [
    "An owner agreed that ",
    named(userId),
    ` is ${teamRole(role)} of the team.`,
  ],
  "team.proposal-declined": ({ userId, role }, named) => [
    "An owner did not agree that ",
    named(userId),
    ` is ${teamRole(role)} of the team.`,
  ],
  "team.proposal-withdrawn": ({ userId, role }, named) => [
    "The proposal that ",
    named(userId),
    ` is ${teamRole(role)} of the team was taken back.`,
  ],
  "team.changed-without-owner": ({ userId, role, told }, named) => [
    named(userId),
    ` became ${teamRole(role)} of the team by an administrator's word alone, because no owner of it could act. ${told === 1 ? "One member was" : `${told} members were`} told.`,
  ],
  "team.member-enabled": ({ userId }, named) => [
    "The account of ",
    named(userId),
    ", who is in the team, was enabled again. Its owners were told.",
  ],
  "team.member-reset": ({ userId }, named) => [
    "The password of ",
    named(userId),
    ", who is in the team, was reset by an administrator's link. Its owners were told.",
  ],
  "team.notifications-chosen": (details) => [
    `${details.changes === 1 ? "One choice" : `${details.changes} choices`} of what the team hears about${byChannel(details)} changed.`,
  ],
  "team.mail-added": (details) => [
    "Messages to the team are mailed to an address at ",
    quote(details.domain),
    " now",
    ...("replaced" in details ? [", and no more to the one at ", quote(details.replaced ?? "")] : []),
    ".",
  ],
  "team.mail-removed": ({ domain }) => [
    "Messages to the team are mailed to the address at ",
    quote(domain),
    " no more.",
  ],
  "team.mail-tested": ({ domain }) => ["A test was mailed to the team's address at ", quote(domain), "."],
  "team.mail-stopped": ({ domain }) => [
    "For five days nothing arrived at the team's address at ",
    quote(domain),
    ", so it was stopped.",
  ],
  "team.webhook-added": ({ host }) => ["Messages to the team are posted to ", quote(host), " now."],
  "team.webhook-removed": ({ host }) => ["Messages to the team are posted to ", quote(host), " no more."],
  "team.webhook-tested": ({ host }) => ["A test was posted to ", quote(host), "."],
  "team.webhook-stopped": (details) => stoppedInWords(details),
};

/** The sentences about password resets, notices and messages. */
export const accountSays: Pick<Says, AccountKind> = {
  "user.reset-link-made": ({ hours }) => [
    `A link that sets a new password once, within ${hours === 1 ? "an hour" : `${hours} hours`}. The person was told.`,
  ],
  "user.reset-link-revoked": () => ["The link that sets a new password works no more."],
  "user.password-reset": ({ madeById, endedSessions }, named) => [
    "Someone with the link that ",
    named(madeById),
    ` made set a new password. ${ended(endedSessions, "session")}.`,
  ],
  "user.notice-seen": () => ["The person said to have seen a notice."],
  "user.share-seen": (details, named) => {
    const what = details.thing === "credential" ? details.thing : `data ${details.thing}`;
    const itemId = "itemId" in details ? details.itemId : undefined;
    return [
      `The person has seen a ${what} that was shared with them`,
      ...(itemId === undefined ? ["."] : [": ", named(itemId), "."]),
    ];
  },
  "user.notifications-chosen": ({ changes }) => [
    `The person changed ${changes === 1 ? "one choice" : `${changes} choices`} of what they hear about.`,
  ],
  "user.calendar-made": () => [
    "The person made an address at which programs read what ends. Only the newest one works.",
  ],
  "user.calendar-revoked": () => ["The person ended the address at which programs read what ends."],
  "user.webhook-added": ({ host }) => ["Messages to the person are posted to ", quote(host), " now."],
  "user.webhook-removed": ({ host }) => ["Messages are posted to ", quote(host), " no more."],
  "user.webhook-tested": ({ host }) => ["The person had a test posted to ", quote(host), "."],
  "user.webhook-stopped": (details) => stoppedInWords(details),
  "user.inbox-read": ({ messages }) => [
    `${messages === 1 ? "A message was" : `${messages} messages were`} marked as read.`,
  ],
};

// Older entries do not say it.
function byChannel(details: { channel?: "email" | "webhook" }): string {
  if (!("channel" in details)) return "";
  return details.channel === "email" ? " by e-mail" : " by its webhook";
}

function stoppedInWords({ host, reason }: { host: string; reason: "gone" | "failing" }) {
  return reason === "gone"
    ? ["The receiver at ", quote(host), " said that it is gone."]
    : ["For five days nothing arrived at ", quote(host), ", so it was stopped."];
}
