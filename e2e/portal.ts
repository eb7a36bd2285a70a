import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { type NextServer, startNextServer } from "./next-server";

const root = join(import.meta.dirname, "..");

/** A portal in its own process, as a production build. */
export interface Portal extends NextServer {
  origin: string;
}

/** Settings of a portal for tests and the demo; its origin follows the port. */
export type PortalSettings = { port?: number; dataDir: string; env?: Record<string, string> };

/** Starts a portal and resolves once it responds; rejects with its output if it ends or stays silent for a minute. */
export async function startPortal({ port, dataDir, env = {} }: PortalSettings): Promise<Portal> {
  const chosen = port ?? (await freePort());
  const origin = `http://localhost:${chosen}`;
  const server = await startNextServer({
    folder: root,
    port: chosen,
    answersAt: `${origin}/sign-up`,
    env: portalEnvironment({ dataDir, env, origin }),
  });
  return { origin, ...server };
}

/** The environment variables of a portal for tests and the demo. */
export function portalEnvironment({
  dataDir,
  env = {},
  origin,
}: PortalSettings & { origin: string }): Record<string, string> {
  return { APP_ORIGIN: origin, DATA_DIR: dataDir, EGRESS_LOOPBACK: "on", ...env };
}

/** A TCP port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("the system gave no port");
  return address.port;
}
