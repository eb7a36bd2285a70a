import { type Sandbox, startSandbox } from "./sandbox/start";

// Below the ports that systems hand out by themselves (32768 and up), and each worker's apart.
const firstPort = 18_000;
const portsPerWorker = 3_500;
const workers = 4;
// http, the certificates' servers and ssh, with room for more.
const portsPerSandbox = 25;

let started = 0;

/**
 * A sandbox at an address that no earlier test of this run had: the portal remembers of each server what it refused, for
 * as long as it runs. Costs about 30 ms.
 */
export async function startSandboxOfTest(workerIndex: number): Promise<Sandbox> {
  for (;;) {
    const offset = (started * portsPerSandbox) % portsPerWorker;
    started += 1;
    const port = firstPort + (workerIndex % workers) * portsPerWorker + offset;
    const sandbox = await startSandbox({ port }).catch(unlessBusy);
    if (sandbox) return sandbox;
  }
}

function unlessBusy(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return null;
  throw error;
}
