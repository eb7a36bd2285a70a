import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { teamProposals, users } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import type { TeamRole } from "./policy";

// The rows of administrators' proposals; callers hold the team's lock and have verified the right to change them.

/** Proposes a user for a role in a team; false while a proposal for them is open there. */
export async function propose(
  tx: Tx,
  proposal: { teamId: string; userId: string; role: TeamRole; proposedBy: string },
): Promise<boolean> {
  const made = await tx
    .insert(teamProposals)
    .values(proposal)
    .onConflictDoNothing()
    .returning({ id: teamProposals.id });
  return made.length > 0;
}

/** An open proposal of this team. NOT_FOUND if it is not this team's, CONFLICT if it was answered or withdrawn. */
export async function requireOpenProposal(tx: Tx, teamId: string, proposalId: string) {
  const [proposal] = await tx
    .select({
      userId: teamProposals.userId,
      name: users.name,
      isDisabled: sql<boolean>`${users.disabledAt} is not null`,
      role: teamProposals.role,
      endedAt: teamProposals.endedAt,
    })
    .from(teamProposals)
    .innerJoin(users, eq(users.id, teamProposals.userId))
    .where(and(eq(teamProposals.id, proposalId), eq(teamProposals.teamId, teamId)));
  if (!proposal) throw notFound("proposal");
  if (proposal.endedAt === null) return proposal;
  throw new AppError({
    code: "CONFLICT",
    message:
      "This proposal was answered or withdrawn meanwhile. Load the page again to see the current state.",
  });
}

/** Ends the open proposals of a team, or of one user in it. */
export async function endProposals(
  tx: Tx,
  teamId: string,
  outcome: "accepted" | "declined" | "withdrawn",
  userId?: string,
): Promise<void> {
  await tx
    .update(teamProposals)
    .set({ endedAt: sql`now()`, outcome })
    .where(
      and(
        eq(teamProposals.teamId, teamId),
        isNull(teamProposals.endedAt),
        userId === undefined ? undefined : eq(teamProposals.userId, userId),
      ),
    );
}
