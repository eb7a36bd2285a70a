import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { EditableEndpoint } from "@/lib/endpoints/types";
import type { Direction } from "@/lib/paths";

/**
 * What trying a source or destination with another sign-in found. `anew`: it works, but on another server, where what it
 * read or wrote so far is not.
 */
export type TrialResult = "fine" | "breaks" | "untried" | "anew";

export type Trial = {
  readonly result: TrialResult;
  /** Why it is not fine, such as "no right on PAY/ledger". */
  readonly reasons: readonly string[];
};

/** A source or destination that is not fine, for a user who sees it. */
export type NamedTrial = Trial & {
  readonly id: string;
  readonly direction: Direction;
  readonly name: string;
  readonly isPaused: boolean;
};

export type TrialCounts = Readonly<Record<TrialResult, number>>;

/** What will become of the sources and destinations that use a credential. Holds no secret. */
export type Rehearsal = {
  /** Of all, those of others included. */
  readonly counts: TrialCounts;
  readonly paused: number;
  /** Those that are not fine and that the user sees. */
  readonly named: readonly NamedTrial[];
  /** Of those that the user may not see: they are counted, not named. */
  readonly hidden: TrialCounts;
  /** The signed token to go on all the same; null where another button does that. */
  readonly token: string | null;
};

/** Why a secret was not replaced: the check failed, or the user has to confirm what was found. */
export type NotReplaced = {
  readonly check: FailedCheck | null;
  readonly rehearsal: Rehearsal | null;
  /** The permission that let this check pass a proxy: the confirmation's check needs it again. Never a secret. */
  readonly pastProxyToken: string | null;
};

/** Why an edit was not saved: another user saved first, or the user has to confirm what was found. */
export type NotEdited = EditableEndpoint | { readonly rehearsal: Rehearsal };
