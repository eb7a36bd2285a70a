import type { Direction } from "@/lib/paths";
import type { TeamRole, TeamStanding } from "./policy";

/** A team in a list. */
export type TeamSummary = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What the reader is in it; null for a portal administrator who is not in it. */
  readonly role: TeamRole | null;
  readonly memberCount: number;
};

/** A team on its page. */
export type Team = TeamSummary & {
  readonly createdAt: string;
  /** Which edit of it this is: sent back with the next one. */
  readonly version: number;
  /** As what the reader comes to it, for the policy. */
  readonly standings: readonly TeamStanding[];
};

/** Somebody who is in a team now. */
export type TeamMember = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: TeamRole;
  readonly joinedAt: string;
  readonly isDisabled: boolean;
  readonly isReader: boolean;
};

/** Somebody whom a portal administrator wants in a team, until an owner of it has answered. */
export type Proposal = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: TeamRole;
  readonly proposedByName: string;
  readonly proposedAt: string;
};

/** A proposal that waits for the reader's answer, as an owner of that team. */
export type ProposalToAnswer = Pick<Proposal, "id" | "name" | "role" | "proposedByName" | "proposedAt"> & {
  readonly teamId: string;
  readonly teamName: string;
};

/** A team for which the reader is proposed. */
export type OwnProposal = Pick<Proposal, "id" | "role" | "proposedAt"> & { readonly teamName: string };

/** What a team was given and still holds; it cannot be deleted while that is anything. */
export type TeamHoldings = {
  readonly credentials: readonly { readonly id: string; readonly name: string }[];
  readonly endpoints: readonly {
    readonly id: string;
    readonly direction: Direction;
    readonly name: string;
  }[];
  /** How many more there are, which the reader may not see or which are too many to list. */
  readonly more: number;
};
