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

// The minimum time in the queue: all pages are rendered on one thread, and even a cheap refusal takes some of it.
const leastHeldMs = 50;
const line = new WaitingLine(signInLineSize);

/**
 * Passes sign-ins to Next one after the other, and answers those without room in the queue before Next sees them: a
 * request in Next costs some milliseconds of the thread that renders all pages, a refusal here next to nothing. Known
 * devices have a queue apart from unknown clients. Call once, at the start.
 */
export function gateSignIns(): void {
  const known = new WeakSet<Server>();
  // Next does not expose its server. Node publishes it with each request, before any listener runs.
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
  // Clients that have disconnected are not served.
  if (response.closed || request.destroyed) {
    leave();
    return;
  }
  response.once("close", leave);
  pass();
}

/** Any spelling of the sign-in's URL; requests that get past it meet the inner queue. */
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
