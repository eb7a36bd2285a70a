/** An active grant, with the fields that decide who may share an item. */
export type Given = {
  readonly id: string;
  readonly givenBy: string;
  readonly role: string;
  /** Exactly one of the two is set. */
  readonly userId: string | null;
  readonly teamId: string | null;
};

/** What is known about users besides the grants. */
export type Standing = {
  readonly ownerId: string;
  readonly disabled: ReadonlySet<string>;
  /** By team: its members, at least all of them who gave a grant. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
};

/**
 * All users whose right to share an item leads back to its owner: the owner, and enabled users with an administrator
 * grant from one of these. The search starts at the owner; otherwise two users who made each other administrators
 * would keep each other's right for ever.
 */
export function sharersOf(grants: readonly Given[], { ownerId, disabled, members }: Standing): Set<string> {
  const sharers = new Set([ownerId]);
  const queue = [ownerId];
  for (let giver = queue.pop(); giver !== undefined; giver = queue.pop()) {
    for (const { givenBy, role, userId, teamId } of grants) {
      if (givenBy !== giver || role !== "administrator") continue;
      const reached = userId === null ? (members.get(teamId ?? "") ?? []) : [userId];
      for (const user of reached) {
        if (sharers.has(user) || disabled.has(user)) continue;
        sharers.add(user);
        queue.push(user);
      }
    }
  }
  return sharers;
}

/** The ids of grants whose giver may no longer share the item, or whose right does not lead back to the owner. */
export function unbackedAmong(grants: readonly Given[], standing: Standing): Set<string> {
  const sharers = sharersOf(grants, standing);
  return new Set(grants.filter(({ givenBy }) => !sharers.has(givenBy)).map(({ id }) => id));
}
