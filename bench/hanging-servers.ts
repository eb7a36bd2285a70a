import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { isForbiddenPort } from "@/lib/egress/forbidden-ports";

/** Sent to the parent process: the ports once, then the number of servers that hold a connection, at each change. */
export type Told = { ports: number[] } | { holding: number };

// Just within the ten-second limit of one request, so that a check continues and is held for its maximum time.
const bitsPerAnswer = 8;
const bitEveryMs = 1_000;
const status = '{"state":"RUNNING"}';
const properties = '{"version":"9.4.3","buildNumber":"9004003","displayName":"Bitbucket"}';

let holding = 0;

/**
 * A Bitbucket that sends each response in pieces, one a second. A process of its own keeps its processor time apart
 * from the portal's and the load generator's.
 */
function makeServer(): Server {
  // A check opens several connections; the server counts once.
  let connections = 0;
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
    connections += 1;
    if (connections === 1) tell({ holding: ++holding });
    socket.once("close", () => {
      connections -= 1;
      if (connections === 0) tell({ holding: --holding });
    });
  });
}

async function listen(): Promise<number> {
  const server = makeServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server has an address of this shape while it listens; only pipes have a string.
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
