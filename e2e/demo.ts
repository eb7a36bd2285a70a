import { findFreeDemoPorts } from "./demo-ports";
import { startPortal } from "./portal";
import { overview } from "./sandbox/overview";
import { startSandbox } from "./sandbox/start";
import { Visitor } from "./visitor";

const account = { name: "Dana Demo", email: "demo@example.com", password: "open-sesame-latchkey" };

/** The portal on its embedded database with the sandbox beside it, ready to be tried, until it is told to stop. */
async function main(): Promise<void> {
  const ports = await findFreeDemoPorts();
  const sandbox = await startSandbox({ port: ports.sandbox });
  const portal = await startPortal({ port: ports.portal, dataDir: ".data/demo", env: { DATABASE_URL: "" } });
  await new Visitor(portal.origin).submit("/sign-up", account);

  process.stdout.write(`
Latchkey is ready.

  Portal     ${portal.origin}
  Email      ${account.email}
  Password   ${account.password}

Sign in, choose “New data source”, then “Bitbucket Server”, then “Add Credential”, and type any of these:

${overview(sandbox)}

Ctrl+C ends both. What you saved is kept in .data/demo.
`);
  const end = async () => {
    await Promise.all([portal.stop(), sandbox.close()]);
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
