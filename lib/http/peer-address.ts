import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";

type Peer = { readonly address: string | null };

// On globalThis, because Next bundles the start hook, pages and actions apart.
const holder: typeof globalThis & { latchkeyPeers?: AsyncLocalStorage<Peer> } = globalThis;
holder.latchkeyPeers ??= new AsyncLocalStorage<Peer>();
const peers = holder.latchkeyPeers;

/**
 * Remembers for each request which address its connection comes from. Next hands out neither socket nor address, and the
 * X-Forwarded-For that it fills in is the client's own wherever the client sends one. Call once, at the start.
 */
export function rememberPeerAddresses(): void {
  // Node publishes this right before it hands the request to Next, in the same turn, so the rest of the request inherits it.
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    if (!(message.request instanceof IncomingMessage)) return;
    peers.enterWith({ address: message.request.socket.remoteAddress ?? null });
  });
}

/** The address at the other end of the current request's connection; null outside a request and for one that came before the start was done. */
export function peerAddress(): string | null {
  return peers.getStore()?.address ?? null;
}
