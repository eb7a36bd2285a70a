import type { Direction } from "@/lib/paths";
import type { TeamRole, TeamStanding } from "./policy";

/** A team in a list. */
export type TeamSummary = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The reader's role in it; null for a portal administrator who is not in it. */
  readonly role: TeamRole | null;
  readonly memberCount: number;
};

/** A team on its page. */
export type Team = TeamSummary & {
  readonly createdAt: string;
  /** The version of this edit; the next edit sends it back. */
  readonly version: number;
  /** The reader's standings, for the policy. */
  readonly standings: readonly TeamStanding[];
};

/** A current member of a team. */
export type TeamMember = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: TeamRole;
  readonly joinedAt: string;
  readonly isDisabled: boolean;
  readonly isReader: boolean;
};

/** A portal administrator's proposal of a user for a team, until an owner answers. */
export type Proposal = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: TeamRole;
  readonly proposedByName: string;
  readonly proposedAt: string;
};

/** A team for which the reader is proposed. */
export type OwnProposal = Pick<Proposal, "id" | "role" | "proposedAt"> & { readonly teamName: string };

/** A credential to which members have access through their team alone. */
export type TeamLoss = {
  readonly credentialId: string;
  /** Null if the reader may not see it. */
  readonly name: string | null;
  /** How many members would lose it, and the first of them by name. */
  readonly members: number;
  readonly memberNames: readonly string[];
};

/** What a team currently has access to; it cannot be deleted while there is any. */
export type TeamHoldings = {
  readonly credentials: readonly { readonly id: string; readonly name: string }[];
  readonly endpoints: readonly {
    readonly id: string;
    readonly direction: Direction;
    readonly name: string;
  }[];
  /** How many more there are that the reader may not see, or that are too many to list. */
  readonly more: number;
};
