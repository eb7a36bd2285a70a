import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import type { Instance } from "./instance";
import type { SignInOutcome } from "./sign-in";

interface Connection {
  id: number;
  /** Digests of the credentials presented earlier on this connection, not the values themselves. */
  presented: Set<string>;
  /** Those of them that were accepted. */
  accepted: Set<string>;
}

/** Numbers the TCP connections and remembers their presented credentials, to count sign-in attempts. */
export class Connections {
  readonly #known = new WeakMap<Socket, Connection>();
  readonly #open = new Set<Connection>();
  #latest = 0;

  idOf(socket: Socket): number {
    return this.#of(socket).id;
  }

  /**
   * Whether this request is a sign-in attempt, as an account lock counts them: any refused one, and the first with
   * this value for this instance. A client may have several connections, so a value that was accepted on one that is
   * still open is no new attempt on another.
   */
  isSignInAttempt(
    socket: Socket,
    instance: Instance,
    authorization: string | undefined,
    outcome: SignInOutcome,
  ): boolean {
    if (authorization === undefined || authorization === "") return false;
    const connection = this.#of(socket);
    const digest = createHash("sha256").update(`${instance.name} ${authorization}`).digest("base64");
    const isFirst = !connection.presented.has(digest) && !this.#isAccepted(digest);
    connection.presented.add(digest);
    if (outcome === "accepted") connection.accepted.add(digest);
    return isFirst || outcome === "refused" || outcome === "locked";
  }

  #isAccepted(digest: string): boolean {
    return [...this.#open].some(({ accepted }) => accepted.has(digest));
  }

  #of(socket: Socket): Connection {
    const known = this.#known.get(socket);
    if (known) return known;
    this.#latest += 1;
    const made: Connection = { id: this.#latest, presented: new Set(), accepted: new Set() };
    this.#known.set(socket, made);
    this.#open.add(made);
    socket.once("close", () => this.#open.delete(made));
    return made;
  }
}
