import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { gzipSync } from "node:zlib";

/**
 * Servers that send endless responses, in a process of their own, so that a test can measure its client's memory.
 * Sends its parent the port of each kind.
 */
const chunk = Buffer.alloc(64 * 1024, "a");
const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));

/** Sends a head and then more data, as fast as the other side reads, until it stops. */
function endless(head: string, more: Buffer): Server {
  return createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      socket.write(head);
      const send = () => {
        while (socket.writable && socket.write(more));
      };
      socket.on("drain", send);
      send();
    });
  });
}

const servers: Record<string, Server> = {
  "an endless body": endless("HTTP/1.1 200 OK\r\n\r\n", chunk),
  "an endless header": endless("HTTP/1.1 200 OK\r\nx-endless: ", chunk),
  "endless headers": endless("HTTP/1.1 200 OK\r\n", Buffer.from("x-more: and more\r\n".repeat(2_000))),
  "chunks without end": endless(
    "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
    Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]),
  ),
  "a compressed bomb": createServer((_request, response) => {
    response.setHeader("content-encoding", "gzip").end(bomb);
  }),
  "JSON nested without end": endless("HTTP/1.1 200 OK\r\n\r\n", Buffer.alloc(64 * 1024, "[")),
};

const ports: Record<string, number> = {};
for (const [kind, server] of Object.entries(servers)) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server's address has this shape; only pipes have a string.
  ports[kind] = (server.address() as AddressInfo).port;
}
process.send?.(ports);
process.once("disconnect", () => process.exit(0));
