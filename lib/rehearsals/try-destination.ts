import type { Need } from "@/lib/connectors/action";
import type { Place, RightProof } from "@/lib/connectors/rehearsal";
import type { AnswerMeaning } from "@/lib/connectors/stream-reader";
import { type Ask, NotAsked } from "./asking";
import { placesPerTrial } from "./limits";
import { notTriedWords, refusedWords, trialOf } from "./try-source";
import type { Trial } from "./types";
import { labelOf, lackWords } from "./words";

/** Proves the right that an action needs on each place that it writes to, without writing. */
export async function tryDestination(
  prove: RightProof,
  need: Need,
  places: readonly Place[],
  ask: Ask,
): Promise<Trial> {
  const lacking: Record<"no-right" | "gone", string[]> = { "no-right": [], gone: [] };
  const refused = new Set<string>();
  const untried: string[] = [];
  let tried = 0;
  try {
    for (const place of places.slice(0, placesPerTrial)) {
      const found = await proofOf(prove, need, place, ask);
      if (found.kind === "lacking") lacking[found.why].push(labelOf(place));
      if (found.kind === "refused") refused.add(refusedWords(found.words));
      if (found.kind === "unclear") untried.push(`it is not clear what it may do on ${labelOf(place)}`);
      tried += 1;
    }
  } catch (error) {
    if (!(error instanceof NotAsked)) throw error;
  }
  const missed = places.length - tried;
  if (missed > 0) untried.push(notTriedWords(missed, places.length));
  const lacks = (["no-right", "gone"] as const).filter((why) => lacking[why].length > 0);
  return trialOf([...lacks.map((why) => lackWords(lacking[why], why, need)), ...refused], untried);
}

async function proofOf(prove: RightProof, need: Need, place: Place, ask: Ask) {
  const answers: AnswerMeaning[] = [];
  for (;;) {
    const step = prove(place, need, answers);
    if (step.kind !== "ask") return step;
    answers.push(await ask(step.call));
  }
}
