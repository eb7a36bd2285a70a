import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import type { Instance } from "./instance";
import type { SignInOutcome } from "./sign-in";

interface Connection {
  id: number;
  /** Digests of the credentials presented earlier on this connection, not the values themselves. */
  presented: Set<string>;
}

/** Numbers the TCP connections and remembers their presented credentials, to count sign-in attempts. */
export class Connections {
  readonly #known = new WeakMap<Socket, Connection>();
  #latest = 0;

  idOf(socket: Socket): number {
    return this.#of(socket).id;
  }

  /**
   * Whether this request is a sign-in attempt: the first on its connection with this value for this instance, or any
   * refused one, as an account lock counts them.
   */
  isSignInAttempt(
    socket: Socket,
    instance: Instance,
    authorization: string | undefined,
    outcome: SignInOutcome,
  ): boolean {
    if (authorization === undefined || authorization === "") return false;
    const { presented } = this.#of(socket);
    const digest = createHash("sha256").update(`${instance.name} ${authorization}`).digest("base64");
    const isFirst = !presented.has(digest);
    presented.add(digest);
    return isFirst || outcome === "refused" || outcome === "locked";
  }

  #of(socket: Socket): Connection {
    const known = this.#known.get(socket);
    if (known) return known;
    this.#latest += 1;
    const made = { id: this.#latest, presented: new Set<string>() };
    this.#known.set(socket, made);
    return made;
  }
}
