import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isForbiddenPort } from "@/lib/egress/forbidden-ports";

/** To the process that started this one: the ports once, then how many servers hold a request, as often as it changes. */
export type Told = { ports: number[] } | { holding: number };

// Within the ten seconds for one request, so that a check goes on to the next one and is held for as long as any can be.
const bitsPerAnswer = 8;
const bitEveryMs = 1_000;
const status = '{"state":"RUNNING"}';
const properties = '{"version":"9.4.3","buildNumber":"9004003","displayName":"Bitbucket"}';

let holding = 0;

/**
 * A Bitbucket that answers everything bit by bit, one bit a second. In a process of its own, so that its work is not taken for the
 * portal's or the load generator's.
 */
function makeServer(): Server {
  return createServer((request, response) => {
    const body = Buffer.from(request.url === "/status" ? status : properties);
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
    response.flushHeaders();
    const size = Math.ceil(body.length / bitsPerAnswer);
    let sent = 0;
    const drip = setInterval(() => {
      response.write(body.subarray(sent, sent + size));
      sent += size;
      if (sent >= body.length) response.end();
    }, bitEveryMs);
    response.once("close", () => clearInterval(drip));
  }).on("connection", (socket) => {
    tell({ holding: ++holding });
    socket.once("close", () => tell({ holding: --holding }));
  });
}

async function listen(): Promise<number> {
  const server = makeServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address of this shape; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  if (!isForbiddenPort(port)) return port;
  server.close();
  return listen();
}

function tell(told: Told): void {
  process.send?.(told);
}

const wanted = Number(process.argv[2]);
const ports: number[] = [];
while (ports.length < wanted) ports.push(await listen());
tell({ ports });
process.once("disconnect", () => process.exit(0));
