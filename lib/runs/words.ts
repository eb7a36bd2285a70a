import type { RunState } from "@/drizzle/schema";
import { countOf, grouped } from "@/lib/text/count-of";
import { tellDelivery } from "./delivery-words";
import { tellFailure, titleOfFailure } from "./failure-words";
import { type RunInWords, type Told, told } from "./told";
import type { RunSummary } from "./types";

/** The word for each state, with which every text about a run begins. */
export const stateTitles: Readonly<Record<RunState, string>> = {
  queued: "Queued",
  running: "Running",
  waiting: "Waiting",
  succeeded: "Succeeded",
  incomplete: "Incomplete",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** A run in words. Only what was read or sent to its end is said to be complete. */
export function describeRun(run: RunSummary): RunInWords {
  return { title: stateTitles[run.state], ...(tellWaiting(run) ?? tellOfKind(run)) };
}

// Queueing and waiting are the same for all kinds of runs.
function tellWaiting(run: RunSummary): Told | null {
  switch (run.state) {
    case "queued":
      return run.reason === "lost-connection"
        ? lostConnection(run)
        : told("It starts as soon as a worker is free.");
    case "waiting":
      return run.reason === "starting"
        ? told("The server is starting. The run goes on by itself.")
        : told("The server's limit of requests is used up. The run goes on by itself.");
    default:
      return null;
  }
}

function tellOfKind(run: RunSummary): Told {
  return run.kind === "read" ? tellReading(run) : tellDelivery(run);
}

function tellReading(run: RunSummary): Told {
  const { parts, records } = run;
  switch (run.state) {
    case "queued":
    case "waiting":
    case "running":
      if (run.isCancelling) return told("It stops after the page that is being read.");
      return told(
        `${partsDone(run)}, ${grouped(records.received)} ${plural(records.received, "record")} so far.`,
      );
    case "succeeded":
      return told(
        run.mode === "all"
          ? `${allOf(run)} read to ${isOne(run) ? "its" : "their"} end.${leftOut(run)}`
          : `Everything new or changed${within(run)} was read.${leftOut(run)}`,
      );
    case "incomplete":
      return told(
        `${countOf(parts.done, "part")} of ${grouped(parts.all)} ${parts.done === 1 ? "was" : "were"} read to the end; ${missing(run)}.${leftOut(run)}`,
        parts.failed > 0
          ? "The list on the run's page says why. The next run tries them again."
          : "The list on the run's page says which. Give the account the right to read them, or choose a smaller scope.",
        parts.failed > 0 ? null : "your Bitbucket administrator",
      );
    case "cancelled":
      return run.reason === "source-paused"
        ? told("The source was paused. What had been read stays, and the next run goes on from there.")
        : told("It was cancelled. What had been read stays, and the next run goes on from there.");
    case "failed":
      return tellFailure(run);
  }
}

// What the source read then: what it reads now may have been chosen since.
function allOf(run: RunSummary): string {
  const { chosen } = run.facts;
  if (chosen === undefined) return "Everything that was chosen was";
  if (chosen.kind === "everything") return "Everything that the credential can read was";
  return `The ${chosenNouns(chosen)} ${isOne(run) ? "was" : "were"}`;
}

function within({ facts: { chosen } }: RunSummary): string {
  return chosen === undefined || chosen.kind === "everything" ? "" : ` in the ${chosenNouns(chosen)}`;
}

function chosenNouns({ kind, count }: NonNullable<RunSummary["facts"]["chosen"]>): string {
  const noun = kind === "projects" ? "project" : "repository";
  return count === 1 ? `chosen ${noun}` : `${grouped(count)} chosen ${kind}`;
}

function isOne({ facts: { chosen } }: RunSummary): boolean {
  return chosen === undefined || chosen.kind === "everything" || chosen.count === 1;
}

function lostConnection({ facts }: RunSummary): Told {
  const title = titleOfFailure(facts);
  return told(`${title ? `${title}. ` : ""}The run tries again by itself.`);
}

function missing({ parts }: RunSummary): string {
  const said = [
    parts.skipped > 0 ? `${grouped(parts.skipped)} could not be read` : "",
    parts.failed > 0 ? `${grouped(parts.failed)} failed` : "",
  ].filter((text) => text !== "");
  return said.join(", ");
}

function leftOut({ records }: RunSummary): string {
  if (records.unusable === 0) return "";
  return ` ${countOf(records.unusable, "record")} had no key and ${records.unusable === 1 ? "was" : "were"} left out.`;
}

function partsDone({ parts }: RunSummary): string {
  const done = parts.done + parts.skipped + parts.failed;
  return `${grouped(done)} of ${grouped(parts.all)} ${plural(parts.all, "part")} read`;
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}
