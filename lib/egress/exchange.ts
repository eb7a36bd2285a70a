import "server-only";
import { type Agent, type IncomingMessage, request as sendRequest } from "node:http";
import type { ApproachOptions } from "./approach";
import type { CertificateDetails } from "./certificate-details";
import { type EgressFailure, failureFrom } from "./failure";
import type { EgressLimits } from "./limits";
import { LineError } from "./one-line-agent";
import { startTimeLimit } from "./time-limit";

export type EgressRequest = {
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query, beginning with "/". */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** How long this request may take until its headers, in milliseconds; overrides the default limit. */
  readonly headersMs?: number | undefined;
};

/** Names in lower case; repeated headers joined by ", ". Cookies are dropped: no session may outlive an answer. */
export type AnswerHeaders = ReadonlyMap<string, string>;

export type Answer = {
  readonly ok: true;
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Buffer;
  /** Milliseconds from sending to the headers, and to the end of the body. */
  readonly timings: { readonly headersMs: number; readonly totalMs: number };
  readonly certificate?: CertificateDetails;
};

export type CallOutResult = Answer | CallOutFailure;

export type CallOutFailure = {
  readonly ok: false;
  readonly failure: EgressFailure;
  /** There was no connection yet: no byte of the request left the portal. */
  readonly isUnsent?: true;
};

const userAgent = "Latchkey/1";

/**
 * Sends one request and reads its answer within the limits. Follows no redirect, sends nothing twice, stores no
 * cookie, accepts no compressed body; skips interim answers (1xx), whether asked for or not (RFC 9110, 15.2). Never
 * throws.
 */
export async function exchange(
  agent: Agent,
  url: URL,
  request: EgressRequest,
  limits: EgressLimits,
  { signal, maySend = () => true }: Pick<ApproachOptions, "signal" | "maySend"> = {},
): Promise<CallOutResult> {
  const { headersMs: patienceMs = limits.headersMs } = request;
  const limit = startTimeLimit(patienceMs + limits.totalMs, signal);
  let timer = setTimeout(limit.expire, patienceMs);
  const started = performance.now();
  let hasHeaders = false;
  let hasConnection = false;
  const fail = (failure: EgressFailure): CallOutFailure =>
    hasConnection ? { ok: false, failure } : { ok: false, failure, isUnsent: true };
  try {
    const onConnection = () => {
      hasConnection = maySend();
      return hasConnection;
    };
    const sent = send(agent, url, request, { limits, signal: limit.signal, onConnection });
    sent.catch(() => undefined); // not awaited if the time limit comes first
    // A race, because a request that still waits for its connection does not end with the signal.
    const reply = await Promise.race([sent, limit.ended]);
    hasHeaders = true;
    clearTimeout(timer);
    const headersMs = elapsed(started);
    // Slow headers may use their own time; a slow body may not.
    const bodyMs = limits.totalMs - Math.min(headersMs, limits.headersMs);
    timer = setTimeout(limit.expire, bodyMs);
    const headers = readHeaders(reply.rawHeaders);
    const refusal = refuseHeaders(headers, limits);
    const body = refusal ?? (await readBody(reply, limits.bodyBytes));
    if (!Buffer.isBuffer(body)) return discard(reply, body);
    return {
      ok: true,
      status: reply.statusCode ?? 0,
      headers,
      body,
      timings: { headersMs, totalMs: elapsed(started) },
    };
  } catch (error) {
    const by = limit.endedBy();
    if (by !== null) return fail(ended(by === "caller" ? "cancelled" : "timeout", `${by} ended it`));
    if (error instanceof CalledOff) return fail(ended("cancelled", "was called off"));
    return fail(sortError(error, hasHeaders));
  } finally {
    clearTimeout(timer);
    limit.clear();
  }
}

type Sending = {
  readonly limits: EgressLimits;
  readonly signal: AbortSignal;
  /** Called before the first byte is written; false gives the request up. */
  readonly onConnection: () => boolean;
};

class CalledOff extends Error {}

/** The head of the final answer. A protocol change (101) is malformed: the request did not ask for one. */
function send(
  agent: Agent,
  url: URL,
  { method = "GET", path, headers, body }: EgressRequest,
  { limits, signal, onConnection }: Sending,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = sendRequest({
      agent,
      method,
      path,
      headers: {
        host: url.host,
        "user-agent": userAgent,
        accept: "application/json",
        ...headers,
        "accept-encoding": "identity",
      },
      maxHeaderSize: limits.headerBytes,
      insecureHTTPParser: false,
      signal,
    });
    outgoing.maxHeadersCount = 0; // their size is already limited
    outgoing.once("socket", () => {
      if (!onConnection()) outgoing.destroy(new CalledOff());
    });
    outgoing.once("response", resolve);
    outgoing.once("upgrade", (_answer, socket) => {
      socket.destroy();
      reject(Object.assign(new Error("unexpected protocol upgrade"), { code: "UNASKED_UPGRADE" }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

function elapsed(since: number): number {
  return Math.round(performance.now() - since);
}

function ended(kind: EgressFailure["kind"], detail: string): EgressFailure {
  return { kind, phase: "exchange", detail: `exchange ${detail}` };
}

/** An answer that breaks off is malformed, not absent. */
function sortError(error: unknown, hasHeaders: boolean): EgressFailure {
  if (error instanceof LineError) return error.failure;
  const failure = failureFrom(error, "exchange");
  if (isTlsAlert(error)) return { ...failure, kind: "tls-expected" };
  return hasHeaders && failure.kind === "unreachable" ? { ...failure, kind: "malformed" } : failure;
}

/** A TLS server answers plain http with an alert record: type 21, version 3.x (RFC 8446, section 5.1). */
function isTlsAlert(error: unknown): boolean {
  if (!(error instanceof Error) || !("rawPacket" in error)) return false;
  return Buffer.isBuffer(error.rawPacket) && error.rawPacket[0] === 21 && error.rawPacket[1] === 3;
}

/** Node reads header values as Latin-1, but servers write UTF-8. */
function readHeaders(raw: readonly string[]): AnswerHeaders {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    const value = Buffer.from(raw[at + 1] ?? "", "latin1").toString("utf8");
    if (name === "set-cookie") continue;
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

function refuseHeaders(headers: AnswerHeaders, limits: EgressLimits): EgressFailure | null {
  const encodings = (headers.get("content-encoding") ?? "").toLowerCase().split(",");
  if (!encodings.every((encoding) => notEncodings.has(encoding.trim()))) return compressed;
  return Number(headers.get("content-length") ?? 0) > limits.bodyBytes ? tooLarge : null;
}

/** Values that servers send for unencoded bodies; the last two are mistakes. */
const notEncodings: ReadonlySet<string> = new Set(["", "identity", "none", "utf-8"]);
const compressed: EgressFailure = { kind: "bad-encoding", phase: "exchange", detail: "exchange encoding" };
const tooLarge: EgressFailure = { kind: "too-large", phase: "exchange", detail: "exchange body" };

/** The first bytes of gzip (RFC 1952, 2.3.1), for servers that compress without declaring it. */
const gzipMagic = Buffer.from([0x1f, 0x8b, 8]);

async function readBody(stream: IncomingMessage, maximum: number): Promise<Buffer | EgressFailure> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    // Without a set encoding, the answer yields buffers; `for await` types them as any.
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > maximum) return tooLarge;
    chunks.push(bytes);
  }
  const body = Buffer.concat(chunks, size);
  return body.subarray(0, 3).equals(gzipMagic) ? compressed : body;
}

/** Also ends the connection: the rest is not read. */
function discard(stream: IncomingMessage, failure: EgressFailure): CallOutResult {
  stream.on("error", () => undefined);
  stream.destroy();
  return { ok: false, failure };
}
