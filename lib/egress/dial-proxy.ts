import "server-only";
import { request as sendRequest } from "node:http";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { codeOf, type EgressFailureKind } from "./failure";
import type { EgressLimits } from "./limits";
import { pauseUntil } from "./pause";
import type { EgressProxy } from "./proxy";
import { secureContextFor } from "./secure-contexts";
import { startTimeLimit } from "./time-limit";
import { type Dialled, untilReady } from "./until-ready";

type Destination = { readonly url: URL; readonly port: number };

/**
 * Connects to the proxy, verifies its certificate if it uses TLS, and has it open a tunnel to the destination, whose
 * name the proxy resolves. Returns the bare tunnel: the caller must still greet and verify the destination. A refusal
 * by the destination is reported as late as silence, as without a proxy. Never throws.
 */
export async function dialThroughProxy(
  proxy: EgressProxy,
  destination: Destination,
  limits: EgressLimits,
  signal?: AbortSignal,
): Promise<Dialled> {
  const began = performance.now();
  const line = await connectToProxy(proxy, limits, signal);
  if (!line.ok) return line;
  const tunnel = await openTunnel(proxy, line.socket, destination, limits, signal);
  if (!tunnel.ok && tunnel.failure.kind === "proxy-no-way")
    await pauseUntil(began + limits.connectMs, signal);
  return tunnel;
}

async function connectToProxy(
  proxy: EgressProxy,
  { connectMs }: EgressLimits,
  signal?: AbortSignal,
): Promise<Dialled> {
  const tcp = connectTcp({ host: proxy.host, port: proxy.port });
  const connected = await untilReady(tcp, "connect", "connection", connectMs, signal);
  if (!connected.ok) return asProxyFailure(connected);
  if (!proxy.isSecure) return connected;
  const tls = connectTls({
    socket: tcp,
    host: proxy.host,
    ...(isIP(proxy.host) === 0 ? { servername: proxy.host } : {}),
    ALPNProtocols: ["http/1.1"],
    minVersion: "TLSv1.2",
    secureContext: secureContextFor(proxy.caCertificates, []),
  });
  const greeted = await untilReady(tls, "secureConnect", "certificate", connectMs, signal);
  if (!greeted.ok) tcp.destroy();
  return greeted.ok ? greeted : asProxyFailure(greeted);
}

function asProxyFailure({ failure }: Extract<Dialled, { ok: false }>): Dialled {
  if (failure.kind === "cancelled") return { ok: false, failure };
  const isSilent = failure.detail.endsWith("time limit");
  return failed(isSilent ? "proxy-silent" : "proxy-unreachable", failure.detail);
}

async function openTunnel(
  proxy: EgressProxy,
  socket: Socket,
  { url, port }: Destination,
  limits: EgressLimits,
  signal?: AbortSignal,
): Promise<Dialled> {
  const limit = startTimeLimit(limits.headersMs, signal);
  const authority = `${url.hostname.replace(/\.$/, "")}:${port}`;
  const asking = new Promise<Dialled>((resolve, reject) => {
    const outgoing = sendRequest({
      createConnection: () => socket,
      method: "CONNECT",
      path: authority,
      headers: {
        host: authority,
        connection: "keep-alive",
        "user-agent": "Latchkey/1",
        ...(proxy.authorization === null ? {} : { "proxy-authorization": proxy.authorization() }),
      },
      maxHeaderSize: limits.headerBytes,
      signal: limit.signal,
    });
    outgoing.once("connect", ({ statusCode = 0 }, tunnel: Socket, head) => {
      // A TLS or HTTP server waits for the client to speak first, so early bytes are an error.
      const kind = kindOfStatus(statusCode) ?? (head.length > 0 ? "proxy-unreadable" : null);
      resolve(kind === null ? { ok: true, socket: tunnel } : failed(kind, String(statusCode)));
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
  asking.catch(() => undefined); // not awaited if the time limit comes first
  try {
    const tunnel = await Promise.race([asking, limit.ended]);
    if (!tunnel.ok) socket.destroy();
    return tunnel;
  } catch (error) {
    socket.destroy();
    const by = limit.endedBy();
    if (by === "caller") {
      return { ok: false, failure: { kind: "cancelled", phase: "connection", detail: "proxy cancelled" } };
    }
    if (by === "time") return failed("proxy-silent", "time limit");
    return failed("proxy-unreadable", codeOf(error) ?? "unknown");
  } finally {
    limit.clear();
  }
}

/** Null if the tunnel is open: any 2xx opens it (RFC 9110, 9.3.6). */
function kindOfStatus(status: number): EgressFailureKind | null {
  if (status >= 200 && status <= 299) return null;
  if (status === 407) return "proxy-sign-in";
  if (status === 404 || status === 408) return "proxy-no-way";
  if (status >= 400 && status <= 499) return "proxy-refuses";
  return status >= 500 && status <= 599 ? "proxy-no-way" : "proxy-unreadable";
}

function failed(kind: EgressFailureKind, detail: string): Dialled {
  return { ok: false, failure: { kind, phase: "connection", detail: `proxy ${detail}` } };
}
