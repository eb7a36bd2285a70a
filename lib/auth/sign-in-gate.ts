import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import { env } from "@/lib/env";
import { addressKey } from "@/lib/http/client-address";
import { addressOf } from "@/lib/http/origin";
import { contentSecurityPolicy } from "@/lib/http/security-headers";
import { busyHtml } from "./busy-page";
import { devicesIn } from "./device-cookie";
import { findAnyDevice } from "./known-device";
import { signInErrors } from "./sign-in-errors";
import { busySeconds, signInLineSize } from "./sign-in-line";
import { holdBack } from "./slow-answer";
import { type Arrival, WaitingLine } from "./waiting-line";

// What a place is held for at least: all pages are made on one thread, and even a cheap refusal takes some of it.
const leastHeldMs = 50;
const line = new WaitingLine(signInLineSize);

/**
 * Lets sign-ins into Next one after the other, and answers those that find no place in the line before Next has heard of
 * them: a request that Next handles costs some milliseconds of the thread on which all pages are made, a refusal here next
 * to none. Known devices wait apart from unknown clients. Call once, at the start.
 */
export function gateSignIns(): void {
  const known = new WeakSet<Server>();
  // Next does not hand its server out. Node names it with each request, before any listener hears of it.
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("server" in message)) return;
    if (!(message.server instanceof Server) || known.has(message.server)) return;
    known.add(message.server);
    standBefore(message.server);
  });
}

function standBefore(server: Server): void {
  const listeners = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const pass = () => {
      for (const listener of listeners) listener.call(server, request, response);
    };
    if (isSignIn(request)) void admit(request, response, pass);
    else pass();
  });
}

async function admit(request: IncomingMessage, response: ServerResponse, pass: () => void): Promise<void> {
  const place = await line.enter(await arrivalOf(request));
  if (!place) {
    await holdBack();
    answerBusy(response);
    return;
  }
  const givenAt = Date.now();
  const leave = () => setTimeout(place.leave, Math.max(0, givenAt + leastHeldMs - Date.now()));
  // Whoever has gone meanwhile is not served.
  if (response.closed || request.destroyed) {
    leave();
    return;
  }
  response.once("close", leave);
  pass();
}

/** Any spelling of the sign-in's address; what is let through for another one meets the inner line. */
function isSignIn({ method, url }: IncomingMessage): boolean {
  return method === "POST" && /^\/+api\/+auth\//i.test(decoded(url ?? ""));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function arrivalOf(request: IncomingMessage): Promise<Arrival> {
  const device = await findAnyDevice(devicesIn(request.headers.cookie));
  if (device) return { key: `known ${device.deviceId}`, isKnown: true };
  const forwardedFor = [request.headers["x-forwarded-for"]].flat().join(", ");
  const address = addressOf({ peer: request.socket.remoteAddress ?? null, forwardedFor });
  return { key: addressKey(address), isKnown: false };
}

function answerBusy(response: ServerResponse): void {
  if (response.closed || response.headersSent) return;
  const nonce = randomBytes(16).toString("base64");
  const https = env().APP_ORIGIN.startsWith("https:");
  const page = Buffer.from(busyHtml({ backTo: `/sign-in?error=${signInErrors.busy}`, isKept: false, nonce }));
  response.writeHead(503, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": page.length,
    "Content-Security-Policy": contentSecurityPolicy(nonce, { https, development: false }),
    "Retry-After": busySeconds,
    "X-Request-Id": randomUUID(),
  });
  response.end(page);
}
