import { once } from "node:events";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeCertificate } from "@/lib/testing/certificates";

/** A reverse proxy like an operator's: https outside, http inside, on this machine only. */
export type TlsProxy = {
  origin: string;
  /** Forwards everything to this port from now on. */
  leadTo(port: number): void;
  close(): Promise<void>;
};

/**
 * Starts a proxy with a self-signed certificate. It forwards the Host header or, like many by default, sends its own.
 */
export async function startTlsProxy({ keepsHost }: { keepsHost: boolean }): Promise<TlsProxy> {
  let port = 0;
  const { cert, key } = await makeCertificate({ name: "Latchkey test proxy", hosts: ["localhost"] });
  const server = createServer({ cert, key }, (requested, answer) =>
    passOn(requested, answer, { port, keepsHost }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server has an address of this shape while it listens; only pipes have a string.
  const address = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${address.port}`,
    leadTo: (to) => {
      port = to;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function passOn(
  requested: IncomingMessage,
  answer: ServerResponse,
  { port, keepsHost }: { port: number; keepsHost: boolean },
): void {
  const { host = "", "x-forwarded-for": before } = requested.headers;
  const headers = {
    ...requested.headers,
    host: keepsHost ? host : `127.0.0.1:${port}`,
    "x-forwarded-for": [before, requested.socket.remoteAddress].filter(Boolean).join(", "),
    "x-forwarded-host": host,
    "x-forwarded-proto": "https",
  };
  const inside = request(
    { host: "127.0.0.1", port, method: requested.method, path: requested.url, headers, agent: false },
    (response) => {
      answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
      response.pipe(answer);
    },
  );
  inside.on("error", () => answer.destroy());
  answer.on("close", () => inside.destroy());
  requested.pipe(inside);
}
