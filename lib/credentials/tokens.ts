import "server-only";
import type { Actor } from "@/lib/actor";
import type { FailedOutcome } from "@/lib/connectors/types";
import { issueTypedToken, type TypedSecret } from "@/lib/credentials/checks/typed-token";
import { awaitsOverride } from "@/lib/credentials/lockout/rules";
import { issueTryAgainToken, type TriedAgain } from "@/lib/credentials/lockout/try-again-token";
import { databaseNow } from "@/lib/db/clock";
import type { Db } from "@/lib/db/types";

/** A failed check's target, and what the user had already permitted. */
type FailedAttempt = {
  readonly target: TypedSecret;
  /** The account or stored version that "Try again" would apply to. */
  readonly what: TriedAgain;
  /** The user already permitted sending past a proxy that turns visitors away. */
  readonly isPastProxy: boolean;
};

/** The signed tokens that a failed check offers the user: to try again, and to send past a proxy that turns visitors away. */
export async function tokensAfter(
  db: Db,
  actor: Actor,
  { target, what, isPastProxy }: FailedAttempt,
  outcome: FailedOutcome,
): Promise<{ tryAgainToken: string | null; pastProxyToken: string | null }> {
  const isHeldBack = awaitsOverride(outcome);
  const isTurnedAway = outcome.notSent === true && outcome.movedTo === undefined;
  // The permission to pass the proxy stays while lock-out protection holds back: the user then only needs "Try again".
  const mayPassProxy = isTurnedAway || (isPastProxy && isHeldBack);
  return {
    tryAgainToken: isHeldBack ? await issueTryAgainToken(actor, what, await databaseNow(db)) : null,
    pastProxyToken: mayPassProxy ? await issueTypedToken("send-past-front", actor, target) : null,
  };
}
