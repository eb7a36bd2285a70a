import "server-only";
import type { SendAnswer, SendMeaning } from "@/lib/connectors/action-sender";
import { failureReasonOf } from "@/lib/credentials/reading";
import type { Refused, Wait } from "@/lib/runs/engine/call";
import { failedAs } from "@/lib/runs/engine/fence";
import { isUnreachable } from "@/lib/runs/engine/outage";
import type { AnySlice, SliceEnd } from "@/lib/runs/engine/slice";

type Answered = Exclude<SendMeaning, Wait | Refused | { readonly kind: "lost" }>;

/** What the connector is told of an answer; null if it ends the slice, which this does. */
export function endForMeaning(slice: AnySlice, meaning: Answered): SendAnswer | null {
  const { ready } = slice.prepared;
  const facts = { kind: ready.stored.target.kind, scheme: ready.shape.scheme };
  switch (meaning.kind) {
    case "unsent":
      slice.finish(outageOf(meaning.reason));
      return null;
    case "not-available":
      slice.finish({ kind: "over", end: failedAs("not-available") });
      return null;
    case "failed": {
      const failure = failureReasonOf(meaning.reason);
      const words = meaning.words === undefined ? {} : { words: meaning.words };
      const more = { ...facts, ...(failure ? { failure } : {}), ...words };
      slice.finish({ kind: "over", end: { ...failedAs("server-refuses"), facts: more } });
      return null;
    }
    default:
      return meaning;
  }
}

/** A lost connection, or a server that fails. */
export function outageOf(reason: string): SliceEnd {
  return { kind: "outage", failure: failureReasonOf(reason), isUnreachable: isUnreachable(reason) };
}
