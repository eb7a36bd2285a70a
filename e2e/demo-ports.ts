import { once } from "node:events";
import { createServer } from "node:net";
import { DemoRefusal } from "./demo-failure";

/** The demo's ports: `PORT` and `SANDBOX_PORT`, or 3000 and 7990. Throws with the cure if one is occupied. */
export async function findFreeDemoPorts(): Promise<{ portal: number; sandbox: number }> {
  return {
    portal: await requireFree("PORT", process.env.PORT || "3000"),
    sandbox: await requireFree("SANDBOX_PORT", process.env.SANDBOX_PORT || "7990"),
  };
}

async function requireFree(variable: string, value: string): Promise<number> {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new DemoRefusal({
      happened: `${variable} must be a port number from 1 to 65535.`,
      cure: `Correct or unset it: ${variable}=${variable === "PORT" ? 3000 : 7990} npm run demo`,
    });
  }
  // Both families: Next listens on all addresses, so a server on either of them conflicts.
  for (const host of ["127.0.0.1", "::"]) {
    if (await isTaken(port, host)) {
      throw new DemoRefusal({
        happened: `Port ${port} is in use.`,
        cure: `End what listens there, or choose another one: ${variable}=${port + 1} npm run demo`,
      });
    }
  }
  return port;
}

async function isTaken(port: number, host: string): Promise<boolean> {
  const server = createServer().listen({ port, host });
  try {
    await once(server, "listening");
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  }
  server.close();
  await once(server, "close");
  return false;
}
