import "server-only";
import { Agent } from "node:http";
import { Duplex } from "node:stream";
import type { EgressFailure } from "./failure";
import type { Dialled } from "./until-ready";

/** Carries a failure of the connection through Node's HTTP client, which passes its agent's errors on as they are. */
export class LineError extends Error {
  constructor(readonly failure: EgressFailure) {
    super(failure.kind);
  }
}

/**
 * Gives Node's HTTP client sockets that we opened, one at a time: it never sees a host name that it could resolve anew.
 * Keeps an idle connection for the next request; `dial` opens the first one and another one where that has ended.
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
      // With an error Node's agent does not look at the second argument, which its type demands.
      else if (!line.ok) callback?.(new LineError(line.failure), new Duplex());
      else callback?.(null, line.socket);
    });
    return undefined;
  }

  /** Ends the connection, and one that is still being opened as soon as it is. */
  override destroy(): void {
    this.#isOver = true;
    super.destroy();
  }
}
