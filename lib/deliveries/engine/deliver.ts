import "server-only";
import type {
  Call,
  DestinationConnection,
  Item,
  ItemResult,
  Move,
  Past,
  SendAnswer,
  SendContext,
  SendMeaning,
} from "@/lib/connectors/action-sender";
import { callServer, type Ended, type Refused, type Wait } from "@/lib/runs/engine/call";
import type { Slice } from "@/lib/runs/engine/slice";
import { markerOf } from "../ledger";
import type { PreparedDelivery } from "./prepare";
import type { DeliveryQueue } from "./queue";
import { endForMeaning, outageOf } from "./stops";
import { lostAfter, type Outcome, type ReadyRow, type ReadyUnit, type Settled } from "./unit";

/** A turn of a destination's run. */
export type DeliverySlice = Slice<PreparedDelivery, DeliveryQueue>;

type Sent = Exclude<SendMeaning, Wait | Refused>;

/** Sendings of one unit whose answers were lost, after which its outcome stays unknown. */
const mostLost = 3;

/** Places that a slice of a dry run remembers. */
const mostProven = 1000;

/** How the sending of a unit went on: with results, or stopped. */
type Step = { readonly kind: "results"; readonly results: readonly ItemResult[] } | Lost | Stopped;
type Lost = { readonly kind: "lost"; readonly reason: string };
type Stopped = { readonly kind: "stopped" };
type Assumed = Extract<SendAnswer, { readonly kind: "assumed" }>;

/**
 * Sends a unit to its results. A lost answer is followed by looking, at most three times; what makes every further call
 * useless ends the slice.
 */
export async function deliver(
  slice: DeliverySlice,
  connection: DestinationConnection,
  unit: ReadyUnit,
): Promise<Outcome> {
  const sending = new Sending(slice, connection, unit);
  for (;;) {
    const step = await sending.once();
    if (step.kind === "results") return { settled: sending.settle(step.results), unsent: [] };
    if (step.kind === "stopped") return sending.stop();
    if (sending.losses < mostLost) {
      await slice.wait(slice.engine.timing.retryMs * 2 ** (sending.losses - 1));
      continue;
    }
    // Other calls were answered since it was sent last, so the server is there: only this one stays unknown. After the
    // first loss, an answer may still have come of a call from before the server went away.
    if (slice.prepared.answered.at > sending.lossBeforeAt)
      return { settled: sending.giveUp(step.reason), unsent: [] };
    slice.finish(outageOf(step.reason));
    return sending.stop();
  }
}

/** One unit on its way. */
class Sending {
  readonly #slice: DeliverySlice;
  readonly #connection: DestinationConnection;
  readonly #unit: ReadyUnit;
  #pasts: readonly Past[];
  readonly #requests: Call[][];
  #tries: number;
  #hasWritten = false;
  losses = 0;
  /** When the last answer but one was lost. */
  lossBeforeAt = 0;
  #lossAt = 0;

  constructor(slice: DeliverySlice, connection: DestinationConnection, unit: ReadyUnit) {
    this.#slice = slice;
    this.#connection = connection;
    this.#unit = unit;
    this.#pasts = unit.map(({ past }) => past);
    this.#requests = unit.map(() => []);
    this.#tries = Math.max(...unit.map(({ tries }) => tries));
  }

  /** Lets the connector make its moves until results, a lost write, or the slice's end. */
  async once(): Promise<Step> {
    const { sender, context, run, isDry } = this.#slice.prepared;
    const items = this.#unit.map((row, at) => ({
      marker: markerOf(run.endpointId, row.key),
      values: row.values,
      past: this.#pasts[at] ?? row.past,
    }));
    let move: Move = sender.begin(context, items);
    let isFirst = true;
    /** Of a dry run: what would be refused, by the item's index. */
    const refused = new Map<number, ItemResult>();
    for (;;) {
      if (move.kind === "done") {
        return { kind: "results", results: move.results.map((result, at) => refused.get(at) ?? result) };
      }
      if (move.kind === "write") {
        if (isFirst) this.#tries += 1;
        isFirst = false;
        this.#note(move.call, move.of);
      }
      const answer: SendAnswer | Lost | Stopped =
        isDry && move.kind === "write"
          ? await this.#prove(context, items, move.of, refused)
          : await this.#send(move);
      if (answer.kind === "lost" || answer.kind === "stopped") return answer;
      move = sender.next(context, items, move.state, answer);
    }
  }

  /** In place of a write for these items: looks for what would stand in its way, and keeps that as their result. */
  async #prove(
    context: SendContext,
    items: readonly Item[],
    of: readonly number[],
    refused: Map<number, ItemResult>,
  ): Promise<Assumed | Lost | Stopped> {
    const { proven, sender } = this.#slice.prepared;
    for (const { key, step } of sender.proofs?.(context, items) ?? []) {
      const answers: SendAnswer[] = [];
      let result = proven.get(key);
      while (result === undefined) {
        const next = step(answers);
        if (next.kind === "ask") {
          const answer = await this.#send(next);
          if (answer.kind === "lost" || answer.kind === "stopped") return answer;
          answers.push(answer);
          continue;
        }
        result = next.kind === "closed" ? next.result : null;
        if (proven.size >= mostProven) proven.clear();
        proven.set(key, result);
      }
      if (result !== null) {
        for (const at of of) refused.set(at, result);
        break;
      }
    }
    return { kind: "assumed" };
  }

  // A call of several records is kept with the first of them: each copy may be as long as all of them.
  #note(call: Call, of: readonly number[]): void {
    const [first = 0] = of;
    this.#requests[first]?.push(call);
  }

  async #send(
    move: Pick<Extract<Move, { kind: "ask" | "write" }>, "kind" | "call" | "isOwnPath">,
  ): Promise<SendAnswer | Lost | Stopped> {
    const slice = this.#slice;
    for (let losses = 0; ; ) {
      const isWrite = move.kind === "write";
      // Sent by a process that may have been replaced, it could be done twice.
      if (isWrite && !slice.isLeaseFresh()) slice.finish({ kind: "turn", waitMs: 0 });
      let wasSent = false;
      const meaning: Sent | Ended = await callServer<Sent>(slice, () => {
        wasSent = true;
        return this.#connection.send(move.call);
      });
      if (meaning.kind === "ended") {
        // Given up under way.
        if (isWrite && wasSent && slice.aborted.signal.aborted) this.#hasWritten = true;
        return { kind: "stopped" };
      }
      if (meaning.kind === "lost") {
        if (isWrite) return this.#lose(meaning.reason);
        losses += 1;
        if (losses < mostLost) {
          await slice.wait(slice.engine.timing.retryMs * 2 ** (losses - 1));
          continue;
        }
        slice.finish(outageOf(meaning.reason));
        return { kind: "stopped" };
      }
      if (move.isOwnPath && meaning.kind === "not-available") return { kind: "no-address" };
      const answer = endForMeaning(slice, meaning);
      if (answer === null) return { kind: "stopped" };
      slice.prepared.answered.at = performance.now();
      if (isWrite && answer.kind === "done") this.#hasWritten = true;
      return answer;
    }
  }

  #lose(reason: string): Lost {
    this.lossBeforeAt = this.#lossAt;
    this.#lossAt = performance.now();
    this.losses += 1;
    this.#hasWritten = true;
    this.#pasts = this.#pasts.map(lostAfter);
    return { kind: "lost", reason };
  }

  /** The connector's results, as they are stored. */
  settle(results: readonly ItemResult[]): Settled[] {
    const { isDry } = this.#slice.prepared;
    return this.#unit.map((row, at) => {
      const result = results[at];
      if (!result)
        throw new Error(`the connector gave ${results.length} results for ${this.#unit.length} records`);
      const settled = this.#settled(row, at);
      switch (result.result) {
        case "sent":
          return {
            ...settled,
            state: isDry ? "would-send" : "sent",
            status: isDry ? null : result.status,
            answer: result.answer,
          };
        case "already":
          return { ...settled, state: "already", answer: result.answer };
        default: {
          const status = "status" in result ? result.status : null;
          return { ...settled, state: result.result, status, problems: result.problems, cure: result.cure };
        }
      }
    });
  }

  /** Unknown: sent, but never answered. */
  giveUp(reason: string): Settled[] {
    const message = `The connection broke after sending (${reason}), so whether it was done is unknown.`;
    const cure = "Retry these: the server is asked before anything is sent again.";
    return this.#unit.map((row, at) => ({
      ...{ ...this.#settled(row, at), state: "unknown", problems: [{ field: null, message }], cure },
    }));
  }

  /** Not sent, or with an outcome that a later slice finds out. */
  stop(): Outcome {
    const unsent = this.#unit.map((row) => ({
      row,
      isUnderWay: this.#hasWritten || row.past.kind === "lost",
      tries: this.#tries,
    }));
    return { settled: [], unsent };
  }

  #settled(row: ReadyRow, at: number): Omit<Settled, "state"> {
    const requests = this.#requests[at] ?? [];
    return { row, problems: [], cure: null, status: null, answer: null, requests, tries: this.#tries };
  }
}
