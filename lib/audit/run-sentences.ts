import { countOf, grouped } from "@/lib/text/count-of";
import type { DeliveryCounts, RunEvent } from "./run-events";
import { type DetailsOf, quote, type Says } from "./sentence-parts";

type RunKind = RunEvent["event"];

const states = {
  succeeded: "succeeded",
  incomplete: "ended incomplete",
  failed: "failed",
  cancelled: "was cancelled",
} as const;

/** The sentences about runs, uploads and downloads: counts only, since no field holds a record. */
export const runSays: Pick<Says, RunKind> = {
  "run.requested": (details) => {
    const { name, mode, trigger } = details;
    // Runs of sources have no kind, nor have those of earlier versions.
    const kind = "kind" in details ? details.kind : undefined;
    const run = kind === "dry-run" ? "dry run" : "run";
    const whole = kind === undefined ? " that reads everything" : " with all records";
    const part = "picked" in details ? " with results of an earlier run" : mode === "all" ? whole : "";
    return [
      trigger === "schedule" ? "The schedule of " : `A ${run} of `,
      quote(name),
      trigger === "schedule" ? ` requested a ${run}${part}.` : ` was requested${part}.`,
    ];
  },
  "run.cancelled": ({ name }) => ["The run of ", quote(name), " is to stop."],
  "run.ended": (details) => {
    const { name, state, calls } = details;
    const kind = "kind" in details ? details.kind : undefined;
    const start = [kind === "dry-run" ? "The dry run of " : "The run of ", quote(name)];
    const counts = "deliveries" in details ? details.deliveries : undefined;
    return [
      ...start,
      ` ${states[state]} after ${countOf(calls, "call")}: ${counts ? delivered(counts) : read(details)}`,
    ];
  },
  "run.schedule-paused": ({ name, failures }) => [
    "The source ",
    quote(name),
    ` was paused by its schedule, after ${countOf(failures, "failure")} in a row.`,
  ],
  "dataset.downloaded": ({ name, format, after, records, isComplete }) => [
    `${countOf(records, "record")} of `,
    quote(name),
    `${after === null ? "" : `, changed since number ${after},`} ${records === 1 ? "was" : "were"} downloaded as ${format.toUpperCase()}${isComplete ? "" : "; the download broke off there"}.`,
  ],
  "upload.received": ({ name, format, bytes, records }) => [
    "The file ",
    quote(name),
    ` with ${countOf(records, "record")} was uploaded as ${format.toUpperCase()}, ${grouped(bytes)} bytes.`,
  ],
  "deliveries.downloaded": ({ name, format, result, records, isComplete }) => [
    `${countOf(records, "result")} of a run of `,
    quote(name),
    `${result === null ? "" : `, only “${result}”,`} ${records === 1 ? "was" : "were"} downloaded as ${format.toUpperCase()}${isComplete ? "" : "; the download broke off there"}.`,
  ],
};

function read({ received, added, changed, deleted, skipped, failed }: DetailsOf<"run.ended">): string {
  const parts = skipped + failed === 0 ? "" : ` ${countOf(skipped, "part")} skipped, ${failed} failed.`;
  return `${countOf(received, "record")} read, ${added} new, ${changed} changed, ${deleted} deleted.${parts}`;
}

function delivered(counts: DeliveryCounts): string {
  const said = deliveryWords
    .filter(([field]) => counts[field] > 0)
    .map(([field, words]) => `, ${grouped(counts[field])} ${words}`);
  return `${countOf(counts.taken, "record")}${said.join("")}.`;
}

const deliveryWords = [
  ["wouldSend", "to be sent"],
  ["sent", "sent"],
  ["alreadyThere", "already there"],
  ["rejected", "rejected"],
  ["skipped", "skipped"],
  ["unknown", "unknown"],
  ["held", "held"],
] as const;
