import "server-only";
import { type Client, type Dispatcher, errors } from "undici";
import type { CertificateFacts } from "@/lib/egress/certificate-facts";
import { type EgressFailure, failureFrom } from "@/lib/egress/failure";
import type { EgressLimits } from "@/lib/egress/limits";
import { startTimeLimit } from "@/lib/egress/time-limit";

export type EgressRequest = {
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query, beginning with "/". */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

/** Names in lower case; several headers of one name joined by ", ". Cookies are dropped: no session may outlive an answer. */
export type AnswerHeaders = ReadonlyMap<string, string>;

export type Answer = {
  readonly ok: true;
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Buffer;
  /** Milliseconds from sending to the headers, and to the end of the body. */
  readonly timings: { readonly headersMs: number; readonly totalMs: number };
  readonly certificate?: CertificateFacts;
};

export type CallOutResult = Answer | { readonly ok: false; readonly failure: EgressFailure };

const userAgent = "Latchkey/1";

/**
 * Sends one request and reads its answer within the limits. Follows no redirect, sends nothing twice, keeps no cookie,
 * accepts no compressed body. Never throws.
 */
export async function exchange(
  client: Client,
  request: EgressRequest,
  limits: EgressLimits,
  signal?: AbortSignal,
): Promise<CallOutResult> {
  const limit = startTimeLimit(limits.totalMs, signal);
  const headersTimer = setTimeout(limit.expire, limits.headersMs);
  const started = performance.now();
  let hasHeaders = false;
  try {
    const sent = client.request({
      method: request.method ?? "GET",
      path: request.path,
      headers: {
        "user-agent": userAgent,
        accept: "application/json",
        ...request.headers,
        "accept-encoding": "identity",
      },
      body: request.body ?? null,
      signal: limit.signal,
    });
    sent.catch(() => undefined); // its end is not waited for when the limit comes first
    // Raced, since undici notices the signal of a request that is still waiting for a connection only with the connection.
    const reply = await Promise.race([sent, limit.ended]);
    hasHeaders = true;
    clearTimeout(headersTimer);
    const headersMs = elapsed(started);
    const headers = readHeaders(reply.headers);
    const refusal = refuseHeaders(headers, limits);
    const body = refusal ?? (await readBody(reply.body, limits.bodyBytes));
    if (!Buffer.isBuffer(body)) return discard(reply.body, body);
    return {
      ok: true,
      status: reply.statusCode,
      headers,
      body,
      timings: { headersMs, totalMs: elapsed(started) },
    };
  } catch (error) {
    const by = limit.endedBy();
    if (by !== null) return failed(by === "caller" ? "cancelled" : "timeout", `${by} ended it`);
    return { ok: false, failure: sortError(error, hasHeaders) };
  } finally {
    clearTimeout(headersTimer);
    limit.clear();
  }
}

function elapsed(since: number): number {
  return Math.round(performance.now() - since);
}

function failed(kind: EgressFailure["kind"], detail: string): CallOutResult {
  return { ok: false, failure: { kind, phase: "exchange", detail: `exchange ${detail}` } };
}

/** Failures of a second connection come through undici unchanged. An answer that breaks off is malformed, not absent. */
function sortError(error: unknown, hasHeaders: boolean): EgressFailure {
  if (error instanceof LineError) return error.failure;
  const failure = failureFrom(error, "exchange");
  if (isTlsAlert(error)) return { ...failure, kind: "tls-expected" };
  return hasHeaders && failure.kind === "unreachable" ? { ...failure, kind: "malformed" } : failure;
}

/** A TLS server answers plain http with an alert record: type 21, version 3.x (RFC 8446, section 5.1). */
function isTlsAlert(error: unknown): boolean {
  if (!(error instanceof errors.HTTPParserError)) return false;
  return "data" in error && String(error.data).startsWith("\u0015\u0003");
}

/** Carries a failure of the line through undici, which passes the errors of its connector on as they are. */
export class LineError extends Error {
  constructor(readonly failure: EgressFailure) {
    super(failure.kind);
  }
}

function readHeaders(raw: Dispatcher.ResponseData["headers"]): AnswerHeaders {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined || name === "set-cookie") continue;
    headers.set(name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

function refuseHeaders(headers: AnswerHeaders, limits: EgressLimits): EgressFailure | null {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "") {
    return { kind: "bad-encoding", phase: "exchange", detail: "exchange content-encoding" };
  }
  return Number(headers.get("content-length") ?? 0) > limits.bodyBytes ? tooLarge : null;
}

const tooLarge: EgressFailure = { kind: "too-large", phase: "exchange", detail: "exchange body" };

async function readBody(
  stream: Dispatcher.ResponseData["body"],
  maximum: number,
): Promise<Buffer | EgressFailure> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    // undici gives bytes; `for await` types them as any.
    const bytes: Buffer = Buffer.from(chunk);
    size += bytes.length;
    if (size > maximum) return tooLarge;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size);
}

/** Ends the connection as well: what is still to come is not worth reading. */
function discard(stream: Dispatcher.ResponseData["body"], failure: EgressFailure): CallOutResult {
  stream.on("error", () => undefined);
  stream.destroy();
  return { ok: false, failure };
}
