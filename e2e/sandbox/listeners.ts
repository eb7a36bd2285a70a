import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer, type Server } from "node:net";
import type { Certificates } from "./certificate-servers";
import { closeAll, type Listening, listenNear, listenOnLoopback } from "./listen";

/** Every port that a sandbox listens on. */
export interface Listeners {
  origin: string;
  /** By the name of the certificate's server. */
  secureOrigins: ReadonlyMap<string, string>;
  /** A port that greets as an SSH server does and knows nothing else. */
  sshPort: number;
  close(): Promise<void>;
}

/** Who answers at a listener: null for the plain one, otherwise the certificate's name. */
type ListenerOf = (certificate: string | null) => RequestListener;

/** As far behind the port for http as Bitbucket's own 7999 is behind its 7990. */
const SSH_DISTANCE = 9;

/**
 * Opens them all: http at `port`, the certificates at the ports behind it in their order, ssh among them. Rejects with
 * EADDRINUSE when `port` is busy; the others then move to a free one, since a neighbour is no reason not to start.
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

/** As far as a wrong port is noticed: the greeting, and then a hang-up on whatever is said to it. */
function createSshGreeter(): Server {
  return createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.write("SSH-2.0-SSHD-CORE-2.9.2\r\n");
    socket.once("data", () => socket.end("Protocol mismatch.\r\n"));
    socket.setTimeout(60_000, () => socket.destroy());
  });
}
