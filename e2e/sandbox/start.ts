import type { RequestListener } from "node:http";
import { type Certificates, makeCertificates } from "./certificate-servers";
import { CONSOLE_PATH } from "./console-routes";
import type { JournalEntry, JournalFilter } from "./journal";
import { openListeners } from "./listeners";
import { createRequestHandler } from "./request-handler";
import type { InstanceSettings } from "./settings";
import { SandboxState } from "./state";

/** A running sandbox, for the program that started it. */
export interface Sandbox {
  /** Scheme, host and port, such as http://localhost:7990. */
  origin: string;
  consoleUrl: string;
  /** The certificate of the authority behind the `tls:` servers, as PEM: what `EGRESS_CA_FILE` takes. */
  caCertificate: string;
  /** A port that speaks SSH and no HTTP: an address that people take from a clone link. */
  sshPort: number;
  /** The base URL of an instance by its name: its context path, "/" for the root, or `tls:good` and the like; throws when there is none. */
  url(instanceName: string): string;
  /** What the instances were asked, oldest first. */
  journal(filter?: JournalFilter): JournalEntry[];
  /** Journal, locks, settings and everything written: back to how it started. */
  reset(): void;
  /** Changes settings of one instance until the next reset. */
  set(instanceName: string, changes: Partial<InstanceSettings>): void;
  /** Lets a locked account, or all of them, sign in again. */
  clearCaptcha(instanceName: string, accountName?: string): void;
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** 0, the default, takes free ones; otherwise the ports behind it are used too, as far as they are free. */
  port?: number;
  /** New ones are made when left out. */
  certificates?: Certificates;
}

/** Starts a sandbox on this machine only; rejects with EADDRINUSE when the port is busy. */
export async function startSandbox({ port = 0, certificates }: SandboxOptions = {}): Promise<Sandbox> {
  const { root, servers } = certificates ?? (await makeCertificates());
  // The instances state their own base URL, so they cannot be made before the ports are known.
  const handlers = new Map<string | null, RequestListener>();
  const listeners = await openListeners(
    port,
    servers,
    (certificate) => (request, response) => handlers.get(certificate)?.(request, response),
  );
  const caCertificate = root.cert;
  const state = new SandboxState({ ...listeners, caCertificate });
  handlers.set(null, createRequestHandler(state));
  for (const name of listeners.secureOrigins.keys()) {
    handlers.set(name, createRequestHandler(state, state.instance(name)));
  }
  return {
    origin: state.origin,
    consoleUrl: `${state.origin}${CONSOLE_PATH}`,
    caCertificate,
    sshPort: listeners.sshPort,
    url: (instanceName) => state.instance(instanceName).baseUrl,
    journal: (filter) => state.journal.list(filter),
    reset: () => state.reset(),
    set: (instanceName, changes) => state.instance(instanceName).set(changes),
    clearCaptcha: (instanceName, accountName) => state.instance(instanceName).clearFailures(accountName),
    close: listeners.close,
  };
}
