import type { ActionSender, Call, Item, Move, SendContext } from "./action-sender";

/** More moves than any action makes: an action that does not end is a programming error. */
const mostMoves = 10_000;

/**
 * The calls that would change something, if nothing that is looked for stands on the server. Pure: sends nothing.
 */
export function writesOf(sender: ActionSender, context: SendContext, items: readonly Item[]): Call[] {
  const calls: Call[] = [];
  let move: Move = sender.begin(context, items);
  for (let moves = 0; move.kind !== "done"; moves += 1) {
    if (moves === mostMoves) throw new Error(`The action ${context.action} does not end`);
    if (move.kind === "write") calls.push(move.call);
    move = sender.next(context, items, move.state, { kind: "assumed" });
  }
  return calls;
}
