import { parseArgs } from "node:util";
import { writeCaFile } from "./ca-file";
import { codeOf } from "./listen";
import { overview } from "./overview";
import { startSandbox } from "./start";

/** Bitbucket's own port; the next fourteen are used too, including 7999 for SSH like Bitbucket. */
const DEFAULT_PORT = 7990;

/** Runs the sandbox until it is told to stop; exits with 1 and one line if it cannot start. */
async function main(): Promise<void> {
  const wanted = process.env.SANDBOX_PORT ?? String(DEFAULT_PORT);
  const port = /^\d{1,5}$/.test(wanted) ? Number(wanted) : Number.NaN;
  if (!(port >= 0 && port <= 65_535)) {
    return fail("SANDBOX_PORT has to be a port between 0 and 65535, where 0 takes a free one.");
  }
  const { values } = parseArgs({ options: { size: { type: "string", default: "small" } }, strict: false });
  const { size } = values;
  if (size !== "small" && size !== "large") return fail("--size has to be small or large.");
  try {
    const sandbox = await startSandbox({ port, size });
    const caFile = await writeCaFile(sandbox);
    process.stdout.write(
      `\n${overview(sandbox)}\nThe authority's certificate is in ${caFile}, for EGRESS_CA_FILE.\nStop with Ctrl+C.\n`,
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void sandbox.close());
  } catch (error) {
    if (codeOf(error) !== "EADDRINUSE") throw error;
    fail(
      `Port ${port} is in use. Stop what listens there, or choose another: SANDBOX_PORT=8090 npm run sandbox`,
    );
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

await main();
