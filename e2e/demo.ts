import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DemoRefusal, explainFailure } from "./demo-failure";
import { findFreeDemoPorts } from "./demo-ports";
import { demoSettings } from "./demo-settings";
import { makeDemoSource } from "./demo-source";
import { NoScriptClient } from "./no-script-client";
import { startPortal } from "./portal";
import { firstSteps, overview } from "./sandbox/overview";
import { startSandbox } from "./sandbox/start";

const account = { name: "Dana Demo", email: "demo@example.com", password: "open-sesame-latchkey" };

const overviewFile = ".data/demo/sandbox.txt";
const isVerbose = process.argv.includes("--verbose");

/** Runs the portal on its embedded database, with the sandbox beside it, until it is told to stop. */
async function main(): Promise<void> {
  const ports = await findFreeDemoPorts();
  const sandbox = await startSandbox({ port: ports.sandbox });
  const portal = await startPortal({
    port: ports.portal,
    dataDir: ".data/demo",
    env: await demoSettings(sandbox),
  });
  const client = await signInToAccount(portal.origin);
  const source = await makeDemoSource(client, sandbox).catch(noSource);

  const everything = `${overview(sandbox)}\nThe portal has been told of the certificates' authority.\n`;
  mkdirSync(dirname(overviewFile), { recursive: true });
  writeFileSync(overviewFile, everything);
  process.stdout.write(`
Latchkey is ready.

  Portal     ${portal.origin}
  Email      ${account.email}
  Password   ${account.password}
${source ? `  Data       ${source.address}\n             “${source.name}” has run: ${source.state}\n` : ""}
Sign in and choose “New data source”, “Bitbucket Server”, then “Add Credential”, and type:

${firstSteps(sandbox)}

${isVerbose ? everything : `More servers, accounts, keys and faults are in ${overviewFile}, or: npm run demo -- --verbose`}
What the stand-in Bitbucket is asked, and buttons that revoke its keys: ${sandbox.consoleUrl}
Ctrl+C ends both. What you saved is kept in .data/demo.
`);
  let isAskedToEnd = false;
  const end = async () => {
    isAskedToEnd = true;
    await Promise.all([portal.stop(), sandbox.close()]);
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());
  await portal.ended;
  if (!isAskedToEnd) throw new Error(portal.output());
}

// On a second start the account exists already; signing in proves that the portal is ours.
async function signInToAccount(origin: string): Promise<NoScriptClient> {
  const client = new NoScriptClient(origin);
  const made = await client.submit("/sign-up", account);
  if (made.status === 303) return client;
  const { email, password } = account;
  const known = await client.submit("/sign-in", { email, password });
  if (!known.headers.get("location")?.includes("error")) return client;
  throw new DemoRefusal({
    happened: "The demo's account could not be made.",
    cure: "Remove the folder .data/demo, then start again.",
  });
}

// Without its source the demo is still of use.
function noSource(error: unknown): null {
  process.stderr.write(`The demo's source could not be made: ${String(error)}\n`);
  return null;
}

main().catch((error: unknown) => {
  const kept = "demo-failure.log";
  const keptIn = [".data", tmpdir()].find((folder) => wasKept(join(folder, kept), error)) ?? "";
  process.stderr.write(`\n${explainFailure(error, join(keptIn, kept))}`);
  process.exit(1);
});

function wasKept(file: string, error: unknown): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, error instanceof Error ? `${error.message}\n${error.stack}\n` : String(error));
    return true;
  } catch {
    return false;
  }
}
