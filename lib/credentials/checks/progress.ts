import "server-only";
import { EventEmitter, once } from "node:events";
import type { Actor } from "@/lib/actor";
import type { CheckStep } from "@/lib/connectors/types";
import { startTimeLimit } from "@/lib/egress/time-limit";

/** Called for each step as it is decided. */
export type OnStep = (step: CheckStep) => void;

/** The steps of one check so far, and the emitter that tells its readers of more. */
type Channel = {
  readonly taken: CheckStep[];
  readonly updates: EventEmitter;
  isOver: boolean;
  readers: number;
};

const channelsInAll = 500;
const readersPerChannel = 3;
const waitingInAll = 500;
// The form opens its stream while it sends the check, so the reader may arrive a little before the check starts.
const arrivalMs = 3_000;
// Longer than any check.
const readingMs = 60_000;

// On globalThis, because Next bundles actions and route handlers separately: each bundle would have its own channels.
const holder: typeof globalThis & {
  latchkeyProgress?: { channels: Map<string, Channel>; arrivals: EventEmitter };
} = globalThis;

function open() {
  holder.latchkeyProgress ??= { channels: new Map(), arrivals: emitter() };
  return holder.latchkeyProgress;
}

// No listener limit: readers are counted here, and `once` adds an error listener of its own.
function emitter(): EventEmitter {
  return new EventEmitter().setMaxListeners(0);
}

// The user's id is part of the key, so a user cannot read another user's check under any id.
function keyOf(actor: Actor, id: string): string {
  return `${actor.userId} ${id}`;
}

/**
 * Runs a check whose progress the same user can follow under `id`, in this process, until the check ends. Failed
 * steps are not streamed: their timing would reveal whether a port is open. Without an id, with an id in use, or with
 * too many checks running, the check runs without progress.
 */
export async function withProgress<Result>(
  actor: Actor,
  id: string | undefined,
  check: (onStep?: OnStep) => Promise<Result>,
): Promise<Result> {
  const { channels, arrivals } = open();
  const key = id && keyOf(actor, id);
  if (!key || channels.has(key) || channels.size >= channelsInAll) return check();
  const channel: Channel = { taken: [], updates: emitter(), isOver: false, readers: 0 };
  channels.set(key, channel);
  arrivals.emit(key, channel);
  try {
    return await check((step) => {
      if (step.state !== "passed" && step.state !== "not-applicable") return;
      channel.taken.push(step);
      channel.updates.emit("updates");
    });
  } finally {
    channels.delete(key);
    channel.isOver = true;
    channel.updates.emit("updates");
  }
}

/**
 * The passed steps of the actor's own check, until the check ends, the signal is aborted or a minute is over. Waits
 * up to three seconds for a check that is just starting; null when none starts under that id.
 */
export async function followCheck(
  actor: Actor,
  id: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<CheckStep> | null> {
  const key = keyOf(actor, id);
  const channel = open().channels.get(key) ?? (await arrival(key, signal));
  if (!channel || channel.readers >= readersPerChannel) return null;
  return read(channel, signal);
}

async function arrival(key: string, signal: AbortSignal): Promise<Channel | null> {
  const { arrivals } = open();
  if (arrivals.eventNames().length >= waitingInAll || arrivals.listenerCount(key) >= readersPerChannel) {
    return null;
  }
  const patience = startTimeLimit(arrivalMs, signal);
  // What `withProgress` emits under this key.
  const [channel] = (await once(arrivals, key, patience).catch(() => [])) as [Channel?];
  patience.clear();
  return channel ?? null;
}

async function* read(channel: Channel, browser: AbortSignal): AsyncGenerator<CheckStep> {
  channel.readers += 1;
  const { signal, clear } = startTimeLimit(readingMs, browser);
  try {
    let told = 0;
    while (!signal.aborted) {
      const step = channel.taken[told];
      if (step) {
        told += 1;
        yield step;
      } else {
        if (channel.isOver) return;
        await once(channel.updates, "updates", { signal }).catch(() => undefined);
      }
    }
  } finally {
    channel.readers -= 1;
    clear();
  }
}
