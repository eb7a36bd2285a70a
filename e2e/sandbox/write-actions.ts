import type { Values } from "@/lib/connectors/action";
import type {
  Call,
  DestinationConnection,
  Item,
  ItemResult,
  Move,
  Past,
  SendAnswer,
  SendContext,
} from "@/lib/connectors/action-sender";
import { senderOf } from "@/lib/connectors/action-senders";
import { sandboxAccounts } from "./accounts";

/** For tests: performs an action on the sandbox, in earnest or as a dry run does. */

const kind = "bitbucket-server";

export type Performed = {
  readonly result: ItemResult;
  /** The calls that changed something, or would have. */
  readonly writes: readonly Call[];
};

export type PerformOptions = {
  readonly past?: Past;
  readonly isDry?: boolean;
  readonly context?: Partial<SendContext>;
};

/** Performs it for one record; an answer that was lost is looked for. */
export async function perform(
  destination: DestinationConnection,
  action: string,
  values: Values,
  { past = { kind: "new" }, isDry = false, context: more = {} }: PerformOptions = {},
): Promise<Performed> {
  const context: SendContext = { action, serverVersion: "9.4.3", account: sandboxAccounts.ana.name, ...more };
  const sender = senderOf(kind);
  let item: Item = { marker: "0123456789abcdef", values, past };
  let move: Move = sender.begin(context, [item]);
  const writes: Call[] = [];
  for (let calls = 0; move.kind !== "done"; calls += 1) {
    if (calls === 20) throw new Error(`${action} does not end`);
    if (move.kind === "write") writes.push(move.call);
    const stop = isDry && move.kind === "write" ? await findObstacle(destination, context, item) : null;
    if (stop) return { result: stop, writes };
    const meaning = isDry && move.kind === "write" ? assumed : await destination.send(move.call);
    if (meaning.kind === "lost") {
      item = { ...item, past: { kind: "lost", answer: null } };
      move = sender.begin(context, [item]);
      continue;
    }
    if (!isAnswer(meaning))
      throw new Error(`${move.call.method} ${move.call.path}: ${JSON.stringify(meaning)}`);
    move = sender.next(context, [item], move.state, meaning);
  }
  const [result] = move.results;
  if (!result) throw new Error("no result");
  return { result, writes };
}

async function findObstacle(
  destination: DestinationConnection,
  context: SendContext,
  item: Item,
): Promise<ItemResult | null> {
  for (const { step } of senderOf(kind).proofs?.(context, [item]) ?? []) {
    const answers: SendAnswer[] = [];
    let next = step(answers);
    while (next.kind === "ask") {
      const meaning = await destination.send(next.call);
      if (!isAnswer(meaning)) throw new Error(`${next.call.path}: ${JSON.stringify(meaning)}`);
      answers.push(meaning);
      next = step(answers);
    }
    if (next.kind === "closed") return next.result;
  }
  return null;
}

const assumed: SendAnswer = { kind: "assumed" };

function isAnswer(meaning: { readonly kind: string }): meaning is SendAnswer {
  return ["done", "missing", "denied", "rejected", "assumed"].includes(meaning.kind);
}
