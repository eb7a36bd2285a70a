import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Server } from "node:net";
import type { Certificates } from "./certificate-servers";
import { closeAll, type Listening, listenNear, listenOnLoopback } from "./listen";

/** Every port that a sandbox listens on. */
export interface Listeners {
  origin: string;
  /** By the certificate server's name. */
  secureOrigins: ReadonlyMap<string, string>;
  /** A port that sends an SSH greeting and nothing else. */
  sshPort: number;
  close(): Promise<void>;
}

/** The request handler of a listener: null for plain http, otherwise the certificate's name. */
type ListenerOf = (certificate: string | null) => RequestListener;

/** The distance between Bitbucket's own ports, 7990 for http and 7999 for SSH. */
const SSH_DISTANCE = 9;

/**
 * Opens http at `port`, then the certificate servers on the next ports, with SSH among them. Rejects with EADDRINUSE if
 * `port` is occupied; another occupied port is replaced by a free one.
 */
export async function openListeners(
  port: number,
  certificates: Certificates["servers"],
  listenerOf: ListenerOf,
): Promise<Listeners> {
  const main = await listenOnLoopback(port, () => createHttpServer(listenerOf(null)));
  const all = [main];
  const secureOrigins = new Map<string, string>();
  const behind = async (distance: number, makeServer: () => Server): Promise<Listening> => {
    const wanted = port + distance;
    const opened = await listenNear(port === 0 || wanted > 65_535 ? 0 : wanted, makeServer);
    all.push(opened);
    return opened;
  };
  try {
    for (const [index, [name, options]] of [...certificates].entries()) {
      const distance = index + 1 < SSH_DISTANCE ? index + 1 : index + 2;
      const opened = await behind(distance, () => createHttpsServer(options, listenerOf(name)));
      secureOrigins.set(name, `https://localhost:${opened.port}`);
    }
    const ssh = await behind(SSH_DISTANCE, createSshGreeter);
    const origin = `http://localhost:${main.port}`;
    return { origin, secureOrigins, sshPort: ssh.port, close: () => closeAll(all) };
  } catch (error) {
    await closeAll(all);
    throw error;
  }
}

/** Enough to show a wrong port: sends the greeting, then closes the connection at any input. */
function createSshGreeter(): Server {
  return createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.write("SSH-2.0-SSHD-CORE-2.9.2\r\n");
    socket.once("data", () => socket.end("Protocol mismatch.\r\n"));
    socket.setTimeout(60_000, () => socket.destroy());
  });
}
