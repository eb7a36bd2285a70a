import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";

type Peer = { readonly address: string | null };

// On globalThis, because Next bundles the start hook, pages and actions separately.
const holder: typeof globalThis & { latchkeyPeers?: AsyncLocalStorage<Peer> } = globalThis;
holder.latchkeyPeers ??= new AsyncLocalStorage<Peer>();
const peers = holder.latchkeyPeers;

/**
 * Remembers each request's peer address. Next exposes neither socket nor address, and its X-Forwarded-For is the
 * client's own if the client sends one. Call once, at the start.
 */
export function rememberPeerAddresses(): void {
  // Node publishes this right before it hands the request to Next, in the same turn, so the rest of the request
  // inherits it.
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    if (!(message.request instanceof IncomingMessage)) return;
    peers.enterWith({ address: message.request.socket.remoteAddress ?? null });
  });
}

/**
 * The peer address of the current request's connection; null outside a request and for a request from before the
 * start-up was done.
 */
export function peerAddress(): string | null {
  return peers.getStore()?.address ?? null;
}
