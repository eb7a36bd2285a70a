import "server-only";
import type { Actor } from "@/lib/actor";
import type { FailedOutcome } from "@/lib/connectors/types";
import { issueTypedTicket, type TypedSecret } from "@/lib/credentials/checks/typed-ticket";
import { awaitsWord } from "@/lib/credentials/lockout/rules";
import { issueTryAgainTicket, type TriedAgain } from "@/lib/credentials/lockout/try-again-ticket";
import { databaseNow } from "@/lib/db/clock";
import type { Db } from "@/lib/db/types";

/** What a failed check was made of, and what this person had already permitted. */
type FailedAttempt = {
  readonly target: TypedSecret;
  /** The account or stored version that "Try again" would be about. */
  readonly what: TriedAgain;
  /** This person has already permitted sending past what turns visitors away. */
  readonly isPastFront: boolean;
};

/** The permissions that a failed check offers to this person: to try again, and to send past what turns visitors away. */
export async function ticketsAfter(
  db: Db,
  actor: Actor,
  { target, what, isPastFront }: FailedAttempt,
  outcome: FailedOutcome,
): Promise<{ tryAgainTicket: string | null; pastFrontTicket: string | null }> {
  const isHeldBack = awaitsWord(outcome);
  const isTurnedAway = outcome.notSent === true && outcome.movedTo === undefined;
  // A permission already given stays while the guard holds back: "Try again" is then all that is left to say.
  const mayPassFront = isTurnedAway || (isPastFront && isHeldBack);
  return {
    tryAgainTicket: isHeldBack ? await issueTryAgainTicket(actor, what, await databaseNow(db)) : null,
    pastFrontTicket: mayPassFront ? await issueTypedTicket("send-past-front", actor, target) : null,
  };
}
