import "server-only";
import type { Actor, Visitor } from "@/lib/actor";
import { log } from "@/lib/log";
import type { AuditEvent } from "./events";

/** An event and its actor. */
export type Told = { readonly who: Actor | Visitor; readonly event: AuditEvent };

/** Called for an event after its change is committed. It should hand long work on, because the change's caller waits. */
export type Subscriber = (told: Told) => Promise<void> | void;

// On globalThis, because Next bundles the start hook, pages and actions separately.
const holder: typeof globalThis & { latchkeyAuditSubscribers?: Set<Subscriber> } = globalThis;

/** Adds a subscriber for the life of this process, or until the returned function is called. */
export function subscribe(subscriber: Subscriber): () => void {
  holder.latchkeyAuditSubscribers ??= new Set();
  const subscribers = holder.latchkeyAuditSubscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}

/** Calls every subscriber with the committed events, in order. A failing subscriber is logged and does not stop the others. */
export async function tellSubscribers(told: readonly Told[]): Promise<void> {
  for (const subscriber of holder.latchkeyAuditSubscribers ?? []) {
    for (const one of told) {
      try {
        await subscriber(one);
      } catch (error) {
        const { event, who } = one;
        log().error(
          { err: error, event: event.event, requestId: who.requestId },
          "an event's subscriber failed",
        );
      }
    }
  }
}
