import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** A server on 127.0.0.1 for one test, on a port that the system picks. */
export type TestServer = {
  readonly port: number;
  readonly close: () => Promise<void>;
  readonly connections: () => number;
  /** Closes further connections as soon as they are opened, while there are so many. */
  readonly allowConnections: (most: number) => void;
};

/** Over plain http. */
export function serveHttp(listener: RequestListener): Promise<TestServer> {
  return listen(createHttpServer(listener));
}

/** Over https, with the given certificate and key. */
export function serveHttps(options: ServerOptions, listener: RequestListener): Promise<TestServer> {
  return listen(createHttpsServer(options, listener));
}

/** TLS without HTTP, to inspect what is sent over it. Also returns `present`, which changes the certificate. */
export async function serveTls(
  options: TlsOptions,
  onConnection: (socket: Socket) => void,
): Promise<TestServer & { present: (options: TlsOptions) => void }> {
  const server = createTlsServer(options, (socket) => {
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  return { ...(await listen(server)), present: (changed) => server.setSecureContext(changed) };
}

/** Raw TCP, for responses that no honest server gives. */
export function serveTcp(onConnection: (socket: Socket) => void): Promise<TestServer> {
  return listen(
    createTcpServer((socket) => {
      socket.on("error", () => undefined);
      onConnection(socket);
    }),
  );
}

/** Raw TCP that writes this text as soon as a request arrives, and then ends the connection unless `keepOpen` is set. */
export function serveText(text: string, keepOpen = false): Promise<TestServer> {
  return serveTcp((socket) =>
    socket.once("data", () => {
      socket.write(text, "latin1");
      if (!keepOpen) socket.end();
    }),
  );
}

async function listen(server: Server | HttpServer): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on("connection", (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server's address has this shape; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    connections: () => count,
    allowConnections: (most) => {
      server.maxConnections = most;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
