import "server-only";
import { findAction } from "@/lib/connectors/action-catalogues";
import type { Place } from "@/lib/connectors/rehearsal";
import { readerOf, rightProofOf } from "@/lib/connectors/sources";
import type { Db } from "@/lib/db/types";
import type { AskedServer, Ask as SessionAsk, SessionResult } from "@/lib/reading/session";
import { type Ask, askOnce } from "./asking";
import type { Dependent } from "./dependents";
import { longestMs, mostCalls, mostTrials } from "./limits";
import { placesOf } from "./places";
import { tryDestination } from "./try-destination";
import { notTriedWords, trySource } from "./try-source";
import type { NamedTrial, Rehearsal, Trial, TrialCounts, TrialResult } from "./types";

/** What the new sign-in changes besides rights. */
export type Change = { readonly isOtherServer: boolean; readonly isOtherAccount: boolean };

/** Lets `work` call the server with the new sign-in. */
export type Session = (
  work: (ask: SessionAsk, about: AskedServer) => Promise<void>,
) => Promise<SessionResult<void>>;

/**
 * Tries sources and destinations with a new sign-in: by GETs alone, each once, within limits. What a failure or a limit
 * leaves is untried.
 */
export async function rehearse(
  db: Db,
  dependents: readonly Dependent[],
  change: Change,
  session: Session,
): Promise<Rehearsal> {
  const places = new Map<string, readonly Place[]>();
  const tried = dependents.slice(0, mostTrials);
  for (const { writing, ...one } of tried) {
    if (writing) places.set(one.id, await placesOf(db, { ...one, writing }));
  }
  const found = new Map<string, Trial>();
  const result = await session(async (ask, about) => {
    const bounded = askOnce(ask, { calls: mostCalls, until: Date.now() + longestMs });
    for (const one of tried) found.set(one.id, await tryOne(one, places.get(one.id) ?? [], about, bounded));
  });
  const why = result.ok ? notTriedWords(1, 1) : result.failure.title;
  return rehearsalOf(dependents, (one) =>
    withChange(one, change, found.get(one.id) ?? { result: "untried", reasons: [why] }),
  );
}

/** A rehearsal that could not take place. */
export function untriedRehearsal(dependents: readonly Dependent[], why: string): Rehearsal {
  return rehearsalOf(dependents, () => ({ result: "untried", reasons: [why] }));
}

/** True if everything goes on as before. */
export function isAllFine({ counts }: Rehearsal): boolean {
  return counts.breaks + counts.untried + counts.anew === 0;
}

const nothingToTry: Trial = { result: "fine", reasons: [] };

async function tryOne(
  { connector, settings, writing }: Dependent,
  places: readonly Place[],
  { serverVersion }: AskedServer,
  ask: Ask,
): Promise<Trial> {
  if (settings) return trySource(readerOf(connector), settings, serverVersion, ask);
  const need = writing ? findAction(connector, writing.action)?.needs : undefined;
  return need ? tryDestination(rightProofOf(connector), need, places, ask) : nothingToTry;
}

// What stands on the server belongs to the account that wrote it.
function withChange(dependent: Dependent, change: Change, trial: Trial): Trial {
  const { connector, direction, writing, hasSent, hasRecords } = dependent;
  if (change.isOtherServer) {
    if (!hasSent && !hasRecords) return trial;
    const words =
      direction === "source"
        ? "it reads everything again, and what this server does not have counts as deleted"
        : "what it wrote stays on the old server, and is written anew on this one";
    const result = trial.result === "fine" ? "anew" : trial.result;
    return { result, reasons: [...trial.reasons, words] };
  }
  const owned = writing ? findAction(connector, writing.action)?.ownedByAuthor : undefined;
  if (!change.isOtherAccount || !hasSent || owned === undefined) return trial;
  const words = `${owned} of the old account cannot be changed by the new one`;
  return { result: "breaks", reasons: [...trial.reasons, words] };
}

function rehearsalOf(dependents: readonly Dependent[], trialOf: (one: Dependent) => Trial): Rehearsal {
  const counts = noTrials();
  const hidden = noTrials();
  const named: NamedTrial[] = [];
  for (const one of dependents) {
    const trial = trialOf(one);
    counts[trial.result] += 1;
    if (!one.isVisible) hidden[trial.result] += 1;
    const { id, direction, name, isPaused } = one;
    if (one.isVisible && trial.result !== "fine") named.push({ ...trial, id, direction, name, isPaused });
  }
  const paused = dependents.filter(({ isPaused }) => isPaused).length;
  return { counts, paused, named, hidden, token: null };
}

function noTrials(): { -readonly [Result in keyof TrialCounts]: number } & Record<TrialResult, number> {
  return { fine: 0, breaks: 0, untried: 0, anew: 0 };
}
