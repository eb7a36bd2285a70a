import type { RequestListener } from "node:http";
import { CONSOLE_PATH } from "./console-routes";
import type { JournalEntry, JournalFilter } from "./journal";
import { listenOnLoopback } from "./listen";
import { createRequestHandler } from "./request-handler";
import type { InstanceSettings } from "./settings";
import { SandboxState } from "./state";

/** A running sandbox, for the program that started it. */
export interface Sandbox {
  /** Scheme, host and port, such as http://localhost:7990. */
  origin: string;
  consoleUrl: string;
  /** The base URL of an instance by its context path, "/" for the root; throws when there is none. */
  url(instancePath: string): string;
  /** What the instances were asked, oldest first. */
  journal(filter?: JournalFilter): JournalEntry[];
  /** Journal, locks, settings and everything written: back to how it started. */
  reset(): void;
  /** Changes settings of one instance until the next reset. */
  set(instancePath: string, changes: Partial<InstanceSettings>): void;
  /** Lets a locked account, or all of them, sign in again. */
  clearCaptcha(instancePath: string, accountName?: string): void;
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  port?: number;
}

/** Starts a sandbox on this machine only; rejects with EADDRINUSE when the port is busy. */
export async function startSandbox({ port = 0 }: SandboxOptions = {}): Promise<Sandbox> {
  // The instances state their own base URL, so they cannot be made before the port is known.
  let handler: RequestListener | undefined;
  const listening = await listenOnLoopback(port, (request, response) => handler?.(request, response));
  const state = new SandboxState(`http://localhost:${listening.port}`);
  handler = createRequestHandler(state);
  return {
    origin: state.origin,
    consoleUrl: `${state.origin}${CONSOLE_PATH}`,
    url: (instancePath) => state.instance(instancePath).baseUrl,
    journal: (filter) => state.journal.list(filter),
    reset: () => state.reset(),
    set: (instancePath, changes) => state.instance(instancePath).set(changes),
    clearCaptcha: (instancePath, accountName) => state.instance(instancePath).clearFailures(accountName),
    close: listening.close,
  };
}
