import "server-only";
import { Agent } from "node:http";
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
 * resolve again. Keeps an idle connection for the next request; `dial` opens the first connection, and another after
 * that one ends.
 */
export class OneLineAgent extends Agent {
  readonly #dial: () => Promise<Dialled>;
  #isOver = false;

  constructor(dial: () => Promise<Dialled>) {
    super({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
    this.#dial = dial;
  }

  override createConnection(_options: object, callback?: (error: Error | null, socket: Duplex) => void) {
    void this.#dial().then((line) => {
      if (line.ok && this.#isOver) line.socket.destroy();
      // With an error, Node's agent ignores the second argument, but its type requires one.
      else if (!line.ok) callback?.(new LineError(line.failure), new Duplex());
      else callback?.(null, line.socket);
    });
    return undefined;
  }

  /** Ends the connection; one that is still being opened is ended once it is open. */
  override destroy(): void {
    this.#isOver = true;
    super.destroy();
  }
}
