import type { DeliveryCounts } from "@/lib/audit/run-events";
import { countOf, grouped } from "@/lib/text/count-of";
import { tellFailure } from "./failure-words";
import { type Told, told } from "./told";
import type { RunSummary } from "./types";

/** A destination's run in words, once it is at work or over. */
export function tellDelivery(run: RunSummary): Told {
  const { deliveries, state, kind } = run;
  const isDry = kind === "dry-run";
  const results = resultsInWords(deliveries, isDry);
  switch (state) {
    case "queued":
    case "waiting":
    case "running":
      if (run.isCancelling) return told("It stops after the call under way.");
      return told(`${grouped(settledOf(deliveries))} of ${countOf(deliveries.taken, "record")} done so far.`);
    case "succeeded":
      if (deliveries.taken === 0) return told("There was no record to send.");
      return told(isDry ? `${results}. Nothing was sent.` : `${results}.`);
    case "incomplete":
      return isDry ? tellInvalid(results) : tellIncomplete(results, deliveries);
    case "cancelled":
      return told(
        `${run.reason === "source-paused" ? "The destination was paused" : "It was cancelled"}${isDry ? "" : stopped(deliveries)}.`,
        deliveries.held > 0 && !isDry ? "The next run sends what is held." : null,
      );
    case "failed": {
      const { sentence, cure, whose } = tellFailure(run);
      return told(isDry ? sentence : `${sentence}${capital(stopped(deliveries))}`, cure, whose);
    }
  }
}

function tellInvalid(results: string): Told {
  return told(
    `${results}. Nothing was sent.`,
    "The records say why. Correct them, or the mapping under Edit.",
    "the destination's owner",
  );
}

function tellIncomplete(results: string, { rejected, skipped, unknown }: DeliveryCounts): Told {
  const isOurs = rejected + skipped > 0;
  const cures = [
    isOurs ? "The results say why. Correct the records, or the mapping under Edit, then retry these." : "",
    unknown > 0
      ? "Where the connection broke, the server is asked before anything is sent again: retry these."
      : "",
  ].filter((cure) => cure !== "");
  return told(
    `${results}.`,
    cures.length > 0 ? cures.join(" ") : "Retry these.",
    isOurs ? "the destination's owner" : null,
  );
}

/** How many records of a run have a result. */
export function settledOf(deliveries: DeliveryCounts): number {
  const { wouldSend, sent, alreadyThere, rejected, skipped, unknown, held } = deliveries;
  return wouldSend + sent + alreadyThere + rejected + skipped + unknown + held;
}

/** The results that a run has, such as "9,998 sent, 2 rejected"; "nothing sent" without any. */
export function resultsInWords(deliveries: DeliveryCounts, isDry: boolean): string {
  const { wouldSend, sent, alreadyThere, rejected, skipped, unknown, held } = deliveries;
  const counts: [count: number, word: string][] = [
    [wouldSend, "would be sent"],
    [sent, "sent"],
    [alreadyThere, "already there"],
    [rejected, isDry ? "would be rejected" : "rejected"],
    [skipped, isDry ? "invalid" : "skipped"],
    [unknown, "unknown"],
    [held, "held"],
  ];
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${grouped(count)} ${word}`);
  return said.length === 0 ? "nothing sent" : said.join(", ");
}

function stopped(deliveries: DeliveryCounts): string {
  return deliveries.taken === 0 ? ", before the first record" : `: ${resultsInWords(deliveries, false)}`;
}

// After a sentence of its own.
function capital(words: string): string {
  const text = words.replace(/^[,:] /, "");
  return ` ${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
