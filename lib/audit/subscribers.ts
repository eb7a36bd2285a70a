import "server-only";
import type { Actor, Visitor } from "@/lib/actor";
import { log } from "@/lib/log";
import type { AuditEvent } from "./events";

/** An event and who caused it. */
export type Told = { readonly who: Actor | Visitor; readonly event: AuditEvent };

/** Hears of an event once its change has been committed. It should hand on longer work, because the change's caller waits. */
export type Subscriber = (told: Told) => Promise<void> | void;

// On globalThis, because Next bundles the start hook, pages and actions apart.
const holder: typeof globalThis & { latchkeyAuditSubscribers?: Set<Subscriber> } = globalThis;

/** Adds a subscriber for as long as this process lives, or until the returned function is called. */
export function subscribe(subscriber: Subscriber): () => void {
  holder.latchkeyAuditSubscribers ??= new Set();
  const subscribers = holder.latchkeyAuditSubscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}

/** Tells every subscriber of committed events, in their order. A subscriber that fails is logged and stops nobody. */
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
