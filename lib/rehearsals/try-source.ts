import type { PartitionStart, StreamReader } from "@/lib/connectors/stream-reader";
import type { SourceSettings } from "@/lib/connectors/streams";
import { type Ask, NotAsked } from "./asking";
import { placesPerTrial } from "./limits";
import type { Trial } from "./types";
import { lackWords } from "./words";

type Tried =
  | { readonly kind: "fine"; readonly spawned: readonly PartitionStart[] }
  | { readonly kind: "lacking"; readonly why: "no-right" | "gone"; readonly label: string }
  | { readonly kind: "breaks" | "untried"; readonly words: string };

/**
 * Makes the first call of each chosen repository or project for one record; of a source of everything, those of the
 * server and of the first repository or project.
 */
export async function trySource(
  reader: StreamReader,
  settings: SourceSettings,
  serverVersion: string | null,
  ask: Ask,
): Promise<Trial> {
  const parts = partsOf(settings);
  const lacking = { "no-right": new Set<string>(), gone: new Set<string>() };
  const breaks = new Set<string>();
  const untried = new Set<string>();
  let tried = 0;
  const take = (found: Tried): void => {
    if (found.kind === "lacking") lacking[found.why].add(found.label);
    if (found.kind === "breaks") breaks.add(found.words);
    if (found.kind === "untried") untried.add(found.words);
  };
  try {
    for (const part of parts.slice(0, placesPerTrial)) {
      const first = await tryPartition(reader, part, reader.start(part), serverVersion, ask);
      take(first);
      // The repositories of a server or project: the first one stands for all.
      const [next] = first.kind === "fine" ? first.spawned : [];
      const isChosen = part.scope.kind === "repositories";
      if (next && !isChosen) take(await tryPartition(reader, part, next, serverVersion, ask));
      tried += 1;
    }
  } catch (error) {
    if (!(error instanceof NotAsked)) throw error;
  }
  const missed = parts.length - tried;
  if (missed > 0) untried.add(notTriedWords(missed, parts.length));
  return trialOf(
    [
      ...(["no-right", "gone"] as const).flatMap((why) => {
        const labels = [...lacking[why]];
        return labels.length > 0 ? [lackWords(labels, why, "read")] : [];
      }),
      ...breaks,
    ],
    [...untried],
  );
}

/** A trial by what was found. */
export function trialOf(breaks: readonly string[], untried: readonly string[]): Trial {
  const result = breaks.length > 0 ? "breaks" : untried.length > 0 ? "untried" : "fine";
  return { result, reasons: [...breaks, ...untried] };
}

/** How many of a trial's places were left out. */
export function notTriedWords(missed: number, all: number): string {
  if (missed === all) return "not tried: there was too much to try";
  return `${missed} of its ${all} projects and repositories were not tried`;
}

function partsOf(settings: SourceSettings): readonly SourceSettings[] {
  const { scope } = settings;
  if (scope.kind === "repositories") {
    return scope.repositories.map((one) => ({ ...settings, scope: { ...scope, repositories: [one] } }));
  }
  if (scope.kind === "projects") {
    return scope.projects.map((one) => ({ ...settings, scope: { ...scope, projects: [one] } }));
  }
  return [settings];
}

async function tryPartition(
  reader: StreamReader,
  settings: SourceSettings,
  { key, group, label, position }: PartitionStart,
  serverVersion: string | null,
  ask: Ask,
): Promise<Tried> {
  const partition = { key, group };
  const context = { settings, mode: "all", serverVersion, cursor: null, partition, pageSize: 1 } as const;
  const meaning = await ask(reader.callFor(context, position));
  switch (meaning.kind) {
    case "body": {
      const step = reader.accept(context, position, meaning.body);
      if (step === null) return { kind: "untried", words: "the answer could not be read" };
      if (step === "no-records") return { kind: "breaks", words: "the answer has no records at that place" };
      return { kind: "fine", spawned: step.spawns ?? [] };
    }
    case "nothing":
      return { kind: "fine", spawned: [] };
    case "skip":
      return { kind: "lacking", why: meaning.reason, label: label || "what it reads" };
    case "not-available":
      return { kind: "breaks", words: "the server does not have what it reads" };
    case "failed":
      return { kind: "breaks", words: refusedWords(meaning.words ?? null) };
    default:
      return { kind: "untried", words: "the server did not answer as usual" };
  }
}

/** That the server refuses a request, in its own words if it gives any. */
export function refusedWords(words: string | null): string {
  return words === null ? "the server refuses the request" : `the server refuses the request: ${words}`;
}
