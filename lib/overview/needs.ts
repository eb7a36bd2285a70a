import { endsSoon, unusableAs } from "@/lib/credentials/shown-status";
import { credentialPath, credentialsPath, withQuery } from "@/lib/paths";
import type { ToldRun } from "@/lib/runs/latest";
import type { Ending, Need, NeedKind, ToldCredential } from "./types";

const dayMs = 24 * 60 * 60 * 1000;
const certificateDays = 30;

/** What is told on the start page, as it was read. */
type Told = {
  readonly credentials: readonly ToldCredential[];
  readonly runs: readonly ToldRun[];
  readonly requests: readonly Need[];
};

// The most urgent first: what stands still, what others wait for, what will stand still, what is merely new.
const order: readonly NeedKind[] = [
  "rejected",
  "locked",
  "credential-lost",
  "ended",
  "paused-by-itself",
  "run-failed",
  "run-incomplete",
  "unreachable",
  "offer",
  "proposal",
  "ends-soon",
  "certificate",
  "shared",
];

/** All that needs the user at `now` (ISO 8601), the most urgent first. */
export function needsOf({ credentials, runs, requests }: Told, now: string): Need[] {
  const certificatesUntil = Date.parse(now) + certificateDays * dayMs;
  const isDue = ({ kind, at }: Need) => kind !== "certificate" || Date.parse(at) < certificatesUntil;
  // One entry for each: that it stopped says more than that its run failed.
  const stopped = new Set(requests.flatMap(({ kind, id }) => (kind === "credential-lost" ? [id] : [])));
  const needs = [
    ...credentials.flatMap((credential) => credentialNeed(credential, now)),
    ...runs.filter(({ id }) => !stopped.has(id)).map(runNeed),
    ...requests.filter(isDue),
  ];
  return needs.sort((one, other) => rankOf(one) - rankOf(other) || byTime(one, other));
}

function rankOf({ kind }: Need): number {
  return order.indexOf(kind);
}

// Ends come soonest first, all else newest first.
function byTime(one: Need, other: Need): number {
  const distance = Date.parse(one.at) - Date.parse(other.at);
  return one.kind === "ends-soon" || one.kind === "certificate" ? distance : -distance;
}

function credentialNeed(credential: ToldCredential, now: string): Need[] {
  const { id, name, role, ownerName, checkedAt, keyEndsAt } = credential;
  const named = { id, name, role, ownerName };
  const unusable = unusableAs(credential, now);
  if (unusable === "suspended") return [];
  if (unusable === "ended" && keyEndsAt) return [{ ...named, kind: unusable, at: keyEndsAt }];
  if (unusable) return [{ ...named, kind: unusable, at: checkedAt ?? now }];
  return keyEndsAt && endsSoon({ keyEndsAt }, now) ? [{ ...named, kind: "ends-soon", at: keyEndsAt }] : [];
}

function runNeed({ id, name, direction, role, isPausedByItself, run }: ToldRun): Need {
  const state = run.state === "failed" ? "run-failed" : "run-incomplete";
  const kind = isPausedByItself ? "paused-by-itself" : state;
  return { kind, id, name, direction, role, runId: run.id, at: run.createdAt };
}

/** The page for something that ends: the credential, or the credentials at the server. */
export function hrefOfEnding({ kind, id, name }: Ending): string {
  return kind === "key" ? credentialPath(id) : withQuery(credentialsPath, { q: name });
}

/** What ends within 90 days from `now` (ISO 8601), the soonest first: keys of usable credentials, and certificates. */
export function endingsOf({ credentials, requests }: Omit<Told, "runs">, now: string): Ending[] {
  const keys = credentials.flatMap((credential): Ending[] => {
    const { id, name, keyEndsAt } = credential;
    return keyEndsAt && unusableAs(credential, now) === null
      ? [{ kind: "key", id, name, at: keyEndsAt }]
      : [];
  });
  const certificates = requests.flatMap(({ kind, id, name, at }): Ending[] =>
    kind === "certificate" && at > now ? [{ kind, id, name, at }] : [],
  );
  return [...keys, ...certificates].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
