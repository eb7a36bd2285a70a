/** A live grant, as far as it matters who may share a thing. */
export type Given = {
  readonly id: string;
  readonly givenBy: string;
  readonly role: string;
  /** Exactly one of the two is set. */
  readonly userId: string | null;
  readonly teamId: string | null;
};

/** What is known of people besides the grants. */
export type Standing = {
  readonly ownerId: string;
  readonly disabled: ReadonlySet<string>;
  /** By team: who is in it, at least all of those who gave a grant. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
};

/**
 * Everybody whose right to share a thing leads back to its owner: the owner, and enabled people whom a grant as administrator
 * reaches that was given by one of these. Begun at the owner, because two people who made each other administrators would
 * otherwise hold each other's right up for ever.
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

/** The ids of those grants whose giver may not share the thing any more, or has a right that leads back to no owner. */
export function unbackedAmong(grants: readonly Given[], standing: Standing): Set<string> {
  const sharers = sharersOf(grants, standing);
  return new Set(grants.filter(({ givenBy }) => !sharers.has(givenBy)).map(({ id }) => id));
}
