import "server-only";
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from "node:net";
import {
  connect as connectTls,
  createSecureContext,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import { isSameAddress } from "@/lib/egress/address-kind";
import { type CertificateFacts, certificateFacts } from "@/lib/egress/certificate-facts";
import { type EgressFailure, failureFrom } from "@/lib/egress/failure";
import type { EgressPolicy } from "@/lib/egress/policy";
import type { ResolvedTarget } from "@/lib/egress/resolve-target";
import { startTimeLimit } from "@/lib/egress/time-limit";

export type Dialled =
  | { readonly ok: true; readonly socket: Socket }
  | { readonly ok: false; readonly failure: EgressFailure };

export type Greeted =
  | { readonly ok: true; readonly socket: TLSSocket; readonly certificate: CertificateFacts | null }
  | { readonly ok: false; readonly failure: EgressFailure };

/** Opens a TCP connection to the target's judged addresses and to nothing else, trying them side by side. */
export async function dialTcp(
  target: ResolvedTarget,
  connectMs: number,
  signal?: AbortSignal,
): Promise<Dialled> {
  const socket = connectTcp({
    host: target.host,
    port: target.port,
    lookup: pinnedLookUp(target.addresses),
    autoSelectFamily: true,
    // Room for the last address even when all others are silent.
    autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(connectMs / (target.addresses.length + 1))),
  });
  const opened = await untilReady(socket, "connect", "connection", connectMs, signal);
  if (!opened.ok) return opened;
  // Belt and braces: the judged list is what we connect to, whatever a later Node does with the hook.
  const remote = socket.remoteAddress ?? "";
  if (target.addresses.some((address) => isSameAddress(address, remote))) return { ok: true, socket };
  socket.destroy();
  const detail = `connection went to ${remote}, which was not judged`;
  return { ok: false, failure: { kind: "forbidden-address", phase: "connection", detail } };
}

/** TLS 1.2 or newer over an open connection; chain and name are verified, and there is no switch to leave that out. */
export async function greetTls(
  tcp: Socket,
  target: ResolvedTarget,
  policy: EgressPolicy,
  connectMs: number,
  signal?: AbortSignal,
): Promise<Greeted> {
  const socket = connectTls({
    socket: tcp,
    host: target.host,
    ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
    ALPNProtocols: ["http/1.1"],
    minVersion: "TLSv1.2",
    rejectUnauthorized: true,
    secureContext: trusting(policy.caCertificates ?? []),
  });
  const greeted = await untilReady(socket, "secureConnect", "certificate", connectMs, signal);
  if (!greeted.ok) {
    tcp.destroy();
    return greeted;
  }
  return { ok: true, socket, certificate: certificateFacts(socket) };
}

/** For IP literals Node skips the hook; they were judged when the address was read. */
function pinnedLookUp(addresses: readonly string[]): LookupFunction {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    if (options.all) callback(null, entries);
    else callback(null, entries[0]?.address ?? "", entries[0]?.family ?? 0);
  };
}

/** Parsing the well-known authorities takes milliseconds, so it is done once for each list of additional ones. */
const contexts = new Map<string, SecureContext>();

function trusting(caCertificates: readonly string[]): SecureContext {
  const key = caCertificates.join("\n");
  const known = contexts.get(key);
  if (known !== undefined) return known;
  const ca = caCertificates.length === 0 ? undefined : [...rootCertificates, ...caCertificates];
  const context = createSecureContext({ minVersion: "TLSv1.2", ...(ca === undefined ? {} : { ca }) });
  contexts.set(key, context);
  return context;
}

async function untilReady(
  socket: Socket,
  event: "connect" | "secureConnect",
  phase: "connection" | "certificate",
  ms: number,
  signal?: AbortSignal,
): Promise<Dialled> {
  const limit = startTimeLimit(ms, signal);
  try {
    const ready = new Promise<void>((resolve, reject) => {
      socket.once(event, resolve);
      socket.once("error", reject);
      socket.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
    });
    await Promise.race([ready, limit.ended]);
    return { ok: true, socket };
  } catch (error) {
    socket.on("error", () => undefined);
    socket.destroy();
    if (limit.endedBy() === "caller") {
      return { ok: false, failure: { kind: "cancelled", phase, detail: `${phase} cancelled` } };
    }
    if (limit.endedBy() === "time") {
      // A port that stays silent reads the same as one that refuses.
      const kind = phase === "connection" ? "unreachable" : "timeout";
      return { ok: false, failure: { kind, phase, detail: `${phase} time limit` } };
    }
    return { ok: false, failure: failureFrom(error, phase) };
  } finally {
    limit.clear();
    // An idle connection may break at any time; without a listener that would end the process.
    socket.on("error", () => undefined);
  }
}
