import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy on 127.0.0.1 that really opens tunnels. It resolves every name to this machine. */
export type TestProxy = {
  readonly port: number;
  /** The requests it received: destinations, and their sign-ins. */
  readonly requested: { readonly destination: string; readonly signIn: string | undefined }[];
  readonly close: () => Promise<void>;
};

type Behaviour = {
  /** The sign-in that it requires, as user:password. */
  readonly signIn?: string;
  /** Its response in place of a tunnel; "silence" for none, text for anything but HTTP. */
  readonly answer?: number | "silence" | { readonly raw: string };
  /** Uses TLS with its clients. */
  readonly tls?: ServerOptions;
  /** Written into the tunnel before any data came through it. */
  readonly ahead?: string;
};

/** Starts a proxy, on a port that the system picks. */
export async function serveProxy(behaviour: Behaviour = {}): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  const requested: { destination: string; signIn: string | undefined }[] = [];
  const server = behaviour.tls ? createHttpsServer(behaviour.tls) : createHttpServer();
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    client.on("error", () => undefined);
    requested.push({ destination: request.url ?? "", signIn: request.headers["proxy-authorization"] });
    answer(behaviour, request, client, sockets);
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server's address has this shape; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    requested,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(
  { signIn, answer: instead, ahead = "" }: Behaviour,
  request: IncomingMessage,
  client: Socket,
  sockets: Set<Socket>,
): void {
  if (instead === "silence") return;
  if (typeof instead === "object") return void client.end(instead.raw);
  const isKnown = signIn === undefined || request.headers["proxy-authorization"] === `Basic ${btoa(signIn)}`;
  const status = instead ?? (isKnown ? null : 407);
  if (status !== null) {
    client.end(`HTTP/1.1 ${status} Said by the proxy\r\nContent-Length: 2\r\n\r\nno`);
    return;
  }
  const destination = connect(Number(/:(\d+)$/.exec(request.url ?? "")?.[1]), "127.0.0.1", () => {
    client.write(`HTTP/1.1 200 Connection established\r\n\r\n${ahead}`);
    client.pipe(destination).pipe(client);
  });
  sockets.add(destination);
  destination.on("error", () => client.end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
  client.on("close", () => destination.destroy());
}
