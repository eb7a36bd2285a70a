import { spawn } from "node:child_process";
import { writeCaFile } from "./sandbox/ca-file";
import { overview } from "./sandbox/overview";
import { startSandbox } from "./sandbox/start";

/** Runs the hot-reloading portal with the sandbox beside it, until either ends. */
async function main(): Promise<void> {
  const sandbox = await startSandbox({ port: Number(process.env.SANDBOX_PORT || 7990) });
  process.stdout.write(`\n${overview(sandbox)}\nStop with Ctrl+C.\n`);
  const portal = spawn(process.execPath, ["node_modules/next/dist/bin/next", "dev"], {
    stdio: "inherit",
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: "1",
      EGRESS_LOOPBACK: "on",
      EGRESS_CA_FILE: await writeCaFile(sandbox),
    },
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => portal.kill(signal));
  portal.once("exit", async (code) => {
    await sandbox.close();
    process.exit(code ?? 0);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
