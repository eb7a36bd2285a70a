/** The roles in a team. */
export const teamRoles = ["owner", "member"] as const;
export type TeamRole = (typeof teamRoles)[number];

/**
 * A user's standing towards a team. A portal administrator manages a team without being in it, and so gains none of
 * its access.
 */
export type TeamStanding = TeamRole | "administrator";

const everybody: readonly TeamStanding[] = ["owner", "member", "administrator"];
const insiders: readonly TeamStanding[] = ["owner", "member"];
const managers: readonly TeamStanding[] = ["owner", "administrator"];

/** Every operation on a team, and the standings that permit it; anything not listed is forbidden. */
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
  // A webhook is told the names of what is shared with the team, so only those who see these may set it.
  manageWebhook: ["owner"],
  // The standings that add a member or an owner at once; others only make a proposal, which an owner answers.
  letIn: ["owner"],
  answerProposal: ["owner"],
  withdrawProposal: ["administrator"],
  // A user who manages a team from outside must not add themselves: they would gain the team's access.
  changeOwnPlace: ["owner"],
} as const satisfies Record<string, readonly TeamStanding[]>;

export type TeamOperation = keyof typeof allowed;
export const teamOperations = Object.keys(allowed) as TeamOperation[]; // Object.keys loses the names' type.

/** The standings of a user with this role in the team and this role in the portal: none, one or two. */
export function standingsOf(role: TeamRole | null, isAdministrator: boolean): readonly TeamStanding[] {
  return [...(role ? [role] : []), ...(isAdministrator ? (["administrator"] as const) : [])];
}

/** True if one of these standings permits the operation; false without any. */
export function mayOnTeam(standings: readonly TeamStanding[], operation: TeamOperation): boolean {
  const able: readonly TeamStanding[] = allowed[operation];
  return standings.some((standing) => able.includes(standing));
}
