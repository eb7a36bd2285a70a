import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { claimsVariable } from "./portal-variables";
import { type Certificates, makeCertificates } from "./sandbox/certificate-servers";
import { type Sandbox, startSandbox } from "./sandbox/start";

// Below the ports that systems hand out by themselves (32768 and up).
const firstPort = 12_000;
// http, the certificates' servers and ssh, with room for more.
const portsPerSandbox = 25;
const sandboxesPerRun = Math.floor((32_768 - firstPort) / portsPerSandbox);

let next = 0;
let certificates: Promise<Certificates> | undefined;

/**
 * A sandbox at an address that no earlier test of this run had: the portal remembers of each server what it refused, for
 * as long as it runs. The sandboxes of one worker share their certificates.
 */
export async function startSandboxOfTest(): Promise<Sandbox> {
  certificates ??= makeCertificates();
  const shared = await certificates;
  for (;;) {
    const port = firstPort + claimNumber() * portsPerSandbox;
    const sandbox = await startSandbox({ port, certificates: shared }).catch(unlessBusy);
    if (sandbox) return sandbox;
  }
}

/** Does something with a sandbox of its own, for the steps of a test that must not know of each other's servers. */
export async function withSandbox(use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandboxOfTest();
  await use(sandbox).finally(() => sandbox.close());
}

// Each number once in a run, whichever worker takes it: a worker that met a failure is replaced by one that remembers nothing.
function claimNumber(): number {
  const folder = process.env[claimsVariable] ?? "";
  for (; next < sandboxesPerRun; next += 1) {
    try {
      closeSync(openSync(join(folder, String(next)), "wx"));
      return next;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
  throw new Error(`this run has used up its ${sandboxesPerRun} addresses for sandboxes`);
}

function unlessBusy(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return null;
  throw error;
}
