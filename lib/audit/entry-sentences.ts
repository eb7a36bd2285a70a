import { ended, type Says, teamRole } from "./sentence-parts";

type ProposalKind =
  | "team.member-proposed"
  | "team.proposal-accepted"
  | "team.proposal-declined"
  | "team.proposal-withdrawn"
  | "team.changed-without-owner"
  | "team.member-enabled"
  | "team.member-reset";
type AccountKind =
  | "user.reset-link-made"
  | "user.reset-link-revoked"
  | "user.password-reset"
  | "user.notice-seen";

/** The sentences about administrators' proposals for teams. */
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
};

/** The sentences about password resets and notices. */
export const accountSays: Pick<Says, AccountKind> = {
  "user.reset-link-made": ({ hours }) => [
    `A link that sets a new password once, within ${hours === 1 ? "an hour" : `${hours} hours`}. The person was told.`,
  ],
  "user.reset-link-revoked": () => ["The link that sets a new password works no more."],
  "user.password-reset": ({ madeById, endedSessions }, named) => [
    "Whoever had the link that ",
    named(madeById),
    ` made set a new password. ${ended(endedSessions, "session")}.`,
  ],
  "user.notice-seen": () => ["The person said to have seen a notice."],
};
