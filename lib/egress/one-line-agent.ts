import "server-only";
import { Agent } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import type { EgressFailure } from "./failure";
import type { Dialled } from "./until-ready";

/** Carries a connection failure through Node's HTTP client, which passes its agent's errors on unchanged. */
export class LineError extends Error {
  constructor(readonly failure: EgressFailure) {
    super(failure.kind);
  }
}

/**
 * Gives Node's HTTP client the sockets that the portal opened, one at a time, so that it never sees a host name to
 * resolve again. Keeps an idle connection for the next request, beginning with `first`; `dial` opens another after
 * that one has ended.
 */
export class OneLineAgent extends Agent {
  readonly #dial: () => Promise<Dialled>;
  #unused: Socket | null;
  #isOver = false;

  constructor(first: Socket, dial: () => Promise<Dialled>) {
    super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    this.#unused = first;
    this.#dial = dial;
  }

  override createConnection(_options: object, callback?: (error: Error | null, socket: Duplex) => void) {
    void this.#open().then((line) => {
      if (line.ok && this.#isOver) line.socket.destroy();
      // With an error, Node's agent ignores the second argument, but its type requires one.
      else if (!line.ok) callback?.(new LineError(line.failure), new Duplex());
      else callback?.(null, line.socket);
    });
    return undefined;
  }

  /** True if the first connection ended before a request used it. */
  get hasEnded(): boolean {
    return this.#unused !== null && !isOpen(this.#unused);
  }

  /** Ends the connection; one that is still being opened is ended once it is open. */
  override destroy(): void {
    this.#isOver = true;
    this.#unused?.destroy();
    super.destroy();
  }

  async #open(): Promise<Dialled> {
    const socket = this.#unused;
    this.#unused = null;
    return socket && isOpen(socket) ? { ok: true, socket } : this.#dial();
  }
}

function isOpen(socket: Socket): boolean {
  return !socket.destroyed && !socket.readableEnded;
}
