import "server-only";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { headers } from "next/headers";
import type { Origin } from "@/lib/actor";

/** Where each proxy on the way appends whom it heard from; Next fills it in with the socket's address where there is none. */
export const forwardedForHeader = "x-forwarded-for";

/** Where the current request comes from. */
export async function currentOrigin(): Promise<Origin> {
  return webOrigin((await headers()).get(forwardedForHeader));
}

/**
 * The origin of a request with this X-Forwarded-For: its last entry, which the nearest hop has written. All entries before it
 * are what others claim; and where no proxy stands in front of the portal, the last one is the client's own claim too.
 */
export function webOrigin(forwardedFor: unknown): Origin {
  const last = typeof forwardedFor === "string" ? forwardedFor.split(",").at(-1)?.trim() : undefined;
  // Some proxies write the port as well.
  const bare = last?.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^([\d.]+):\d+$/, "$1") ?? "";
  return { via: "web", address: isIP(bare) ? ipaddr.process(bare).toString() : null };
}
