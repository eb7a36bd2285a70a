import type { RequestListener } from "node:http";
import { type Certificates, makeCertificates } from "./certificate-servers";
import { CONSOLE_PATH } from "./console-request";
import type { Instance } from "./instance";
import type { JournalEntry, JournalFilter } from "./journal";
import { openListeners } from "./listeners";
import { createRequestHandler } from "./request-handler";
import type { InstanceSettings } from "./settings";
import { SandboxState } from "./state";
import type { Size } from "./world/world";
import type { WriteEntry, WriteFilter } from "./write-journal";
import { type Written, writtenOn } from "./written";

/** A running sandbox, for the program that started it. */
export interface Sandbox {
  /** Scheme, host and port, such as http://localhost:7990. */
  origin: string;
  consoleUrl: string;
  /** The certificate of the `tls:` servers' authority as PEM, for `EGRESS_CA_FILE`. */
  caCertificate: string;
  /** A port that speaks SSH and no HTTP: users copy such addresses from clone links. */
  sshPort: number;
  /** An instance's base URL by its name: the context path, "/" for the root, or `tls:good` etc.; throws if unknown. */
  url(instanceName: string): string;
  /** A server by its name, to change what it holds, to make it fail, and to read its counters; throws if unknown. */
  instance(instanceName: string): Instance;
  /** The requests to the instances, oldest first. */
  journal(filter?: JournalFilter): JournalEntry[];
  /** What stands on a server because somebody wrote it over the REST API. */
  written(instanceName: string): Written;
  /** The requests that were to change something, oldest first: at least the newest 30,000. */
  writes(filter?: WriteFilter): WriteEntry[];
  /** Restores the initial state: journal, locks, settings and everything written. */
  reset(): void;
  /** Changes settings of one instance until the next reset. */
  set(instanceName: string, changes: Partial<InstanceSettings>): void;
  /** Lets a locked account, or all of them, sign in again. */
  clearCaptcha(instanceName: string, accountName?: string): void;
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** 0, the default, takes free ports; otherwise the next ports are used too, if they are free. */
  port?: number;
  /** Made anew if left out. */
  certificates?: Certificates;
  /** How much each server holds; "small" unless told otherwise. */
  size?: Size;
}

/** Starts a sandbox on this machine only; rejects with EADDRINUSE if the port is occupied. */
export async function startSandbox({
  port = 0,
  certificates,
  size = "small",
}: SandboxOptions = {}): Promise<Sandbox> {
  const { root, servers } = certificates ?? (await makeCertificates());
  // The instances state their own base URL, so they cannot be made before the ports are known.
  const handlers = new Map<string | null, RequestListener>();
  const listeners = await openListeners(
    port,
    servers,
    (certificate) => (request, response) => handlers.get(certificate)?.(request, response),
  );
  const caCertificate = root.cert;
  const state = new SandboxState({ ...listeners, caCertificate, size });
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
    instance: (instanceName) => state.instance(instanceName),
    journal: (filter) => state.journal.list(filter),
    written: (instanceName) => writtenOn(state.instance(instanceName)),
    writes: (filter) => state.writes.list(filter),
    reset: () => state.reset(),
    set: (instanceName, changes) => state.instance(instanceName).set(changes),
    clearCaptcha: (instanceName, accountName) => state.instance(instanceName).clearFailures(accountName),
    close: listeners.close,
  };
}
