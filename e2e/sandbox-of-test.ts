import { claimNumber } from "./claims";
import { type Certificates, makeCertificates } from "./sandbox/certificate-servers";
import { type Sandbox, startSandbox } from "./sandbox/start";

// Below the ports that systems assign by themselves (32768 and up).
const firstPort = 12_000;
// http, the certificate servers and ssh, with room for more.
const portsPerSandbox = 25;
const sandboxesPerRun = Math.floor((32_768 - firstPort) / portsPerSandbox);

let certificates: Promise<Certificates> | undefined;

/**
 * A sandbox at an address unused in this run, because the portal remembers each server's refusals while it runs. The
 * sandboxes of one worker share their certificates.
 */
export async function startSandboxOfTest(): Promise<Sandbox> {
  certificates ??= makeCertificates();
  const shared = await certificates;
  for (;;) {
    const port = firstPort + claimNumber("sandboxes", sandboxesPerRun) * portsPerSandbox;
    const sandbox = await startSandbox({ port, certificates: shared }).catch(unlessBusy);
    if (sandbox) return sandbox;
  }
}

/** Runs `use` with a separate sandbox, for steps of a test that must not share server state. */
export async function withSandbox(use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandboxOfTest();
  await use(sandbox).finally(() => sandbox.close());
}

function unlessBusy(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return null;
  throw error;
}
