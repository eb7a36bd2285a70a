import "server-only";
import type { Actor } from "@/lib/actor";
import type { FailedOutcome } from "@/lib/connectors/types";
import { issueTypedToken, type TypedSecret } from "@/lib/credentials/checks/typed-token";
import { awaitsOverride } from "@/lib/credentials/lockout/rules";
import { issueTryAgainToken, type TriedAgain } from "@/lib/credentials/lockout/try-again-token";
import { databaseNow } from "@/lib/db/clock";
import type { Db } from "@/lib/db/types";

/** What a failed check was made of, and what this person had already permitted. */
type FailedAttempt = {
  readonly target: TypedSecret;
  /** The account or stored version that "Try again" would be about. */
  readonly what: TriedAgain;
  /** This person has already permitted sending past what turns visitors away. */
  readonly isPastProxy: boolean;
};

/** The permissions that a failed check offers to this person: to try again, and to send past what turns visitors away. */
export async function tokensAfter(
  db: Db,
  actor: Actor,
  { target, what, isPastProxy }: FailedAttempt,
  outcome: FailedOutcome,
): Promise<{ tryAgainToken: string | null; pastProxyToken: string | null }> {
  const isHeldBack = awaitsOverride(outcome);
  const isTurnedAway = outcome.notSent === true && outcome.movedTo === undefined;
  // A permission already given stays while lock-out protection holds back: "Try again" is then all that is left to say.
  const mayPassProxy = isTurnedAway || (isPastProxy && isHeldBack);
  return {
    tryAgainToken: isHeldBack ? await issueTryAgainToken(actor, what, await databaseNow(db)) : null,
    pastProxyToken: mayPassProxy ? await issueTypedToken("send-past-front", actor, target) : null,
  };
}
