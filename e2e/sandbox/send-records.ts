import type { Values } from "@/lib/connectors/action";
import type {
  Call,
  DestinationConnection,
  Item,
  ItemResult,
  Move,
  Past,
  SendContext,
} from "@/lib/connectors/action-sender";
import { senderOf } from "@/lib/connectors/action-senders";
import { openDestination } from "@/lib/connectors/destinations";
import type { SignIn } from "@/lib/connectors/types";
import { baseUrlAt } from "@/lib/testing/base-url";
import type { Sandbox } from "./start";

/** For tests: sends records to the sandbox as destinations do, without a database. */

const kind = "bitbucket-server";
const open: DestinationConnection[] = [];

/** Closes what tests opened. */
export async function closeDestinations(): Promise<void> {
  await Promise.all(open.splice(0).map((one) => one.close()));
}

/** A connection to the sandbox's main server. */
export async function destinationAt(sandbox: Sandbox, signIn: SignIn): Promise<DestinationConnection> {
  const opened = await openDestination(
    kind,
    { policy: { mode: "open", allow: [], loopback: true } },
    { baseUrl: baseUrlAt(sandbox.url("/")), signIn },
  );
  if (!opened.ok) throw new Error(opened.meaning.reason);
  open.push(opened.destination);
  return opened.destination;
}

export type Sending = {
  readonly results: readonly ItemResult[];
  /** Method and path of every call, and what came of it. */
  readonly calls: readonly string[];
  /** The pasts of the records, for the next sending. */
  readonly pasts: readonly Past[];
};

/** Records that are sent together, or one; a lost answer is looked up, and a server that is busy is waited for. */
export async function send(
  destination: DestinationConnection,
  action: string,
  values: readonly Values[],
  pasts: readonly Past[] = [],
  context: Partial<SendContext> = {},
): Promise<Sending> {
  const whole: SendContext = { action, serverVersion: "9.4.3", account: null, ...context };
  const calls: string[] = [];
  const itemsWith = (past: (index: number) => Past) =>
    values.map((each, index): Item => ({ marker: markerOf(index), values: each, past: past(index) }));
  let items = itemsWith((index) => pasts[index] ?? { kind: "new" });
  let move = senderOf(kind).begin(whole, items);
  for (let tries = 0; move.kind !== "done"; tries += 1) {
    if (tries === 100) throw new Error(`${action} does not end`);
    const meaning = await destination.send(move.call);
    calls.push(`${move.call.method} ${lastOf(move.call)} ${meaning.kind}`);
    switch (meaning.kind) {
      case "wait":
      case "unsent":
        continue;
      case "lost":
        items = itemsWith((index) => ({ kind: "lost", answer: answerOf(pasts[index]) }));
        move = senderOf(kind).begin(whole, items);
        continue;
      case "refused":
      case "failed":
      case "not-available":
        throw new Error(`${meaning.kind}: ${JSON.stringify(meaning)}`);
      default:
        move = senderOf(kind).next(whole, items, move.state, meaning) satisfies Move;
    }
  }
  return { results: move.results, calls, pasts: move.results.map(pastOf) };
}

function pastOf(result: ItemResult): Past {
  return result.result === "sent" || result.result === "already"
    ? { kind: "sent", answer: result.answer }
    : { kind: "new" };
}

function answerOf(past: Past | undefined) {
  return past === undefined || past.kind === "new" ? null : past.answer;
}

function markerOf(index: number): string {
  return index.toString(16).padStart(16, "0");
}

/** The end of a path, which tells what the call is about. */
function lastOf({ path }: Call): string {
  return path.split("/").slice(-2).join("/");
}
