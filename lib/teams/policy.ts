/** What somebody is in a team. */
export const teamRoles = ["owner", "member"] as const;
export type TeamRole = (typeof teamRoles)[number];

/** As what somebody comes to a team. A portal administrator manages it without being in it, and so gains nothing it was given. */
export type TeamStanding = TeamRole | "administrator";

const everybody: readonly TeamStanding[] = ["owner", "member", "administrator"];
const insiders: readonly TeamStanding[] = ["owner", "member"];
const managers: readonly TeamStanding[] = ["owner", "administrator"];

/** Everything that can be done with a team, and who may; what is not listed here cannot be done. */
const allowed = {
  see: everybody,
  leave: insiders,
  edit: managers,
  addMember: managers,
  removeMember: managers,
  changeRole: managers,
  invite: managers,
  delete: managers,
  readHistory: everybody,
  // Whose word makes somebody a member or an owner at once; of others it is a proposal that an owner answers.
  letIn: ["owner"],
  answerProposal: ["owner"],
  withdrawProposal: ["administrator"],
  // Whoever manages a team from outside must not let themself in: what the team was given would be theirs.
  changeOwnPlace: ["owner"],
} as const satisfies Record<string, readonly TeamStanding[]>;

export type TeamOperation = keyof typeof allowed;
export const teamOperations = Object.keys(allowed) as TeamOperation[]; // Object.keys forgets the names' type.

/** As what a person of this role in the team, and of this place in the portal, comes to it: none, one or two things. */
export function standingsOf(role: TeamRole | null, isAdministrator: boolean): readonly TeamStanding[] {
  return [...(role ? [role] : []), ...(isAdministrator ? (["administrator"] as const) : [])];
}

/** True when one of these standings may do that; without any nothing may be done. */
export function mayOnTeam(standings: readonly TeamStanding[], operation: TeamOperation): boolean {
  const able: readonly TeamStanding[] = allowed[operation];
  return standings.some((standing) => able.includes(standing));
}
