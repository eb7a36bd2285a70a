import "server-only";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";
import { EmbeddedEndedError } from "./fault";

/** Where the embedded database is: a folder, or in memory; `template` is a packed database that a new one begins as. */
export type EmbeddedPlace = { readonly path?: string; readonly template?: string };

/** What the thread sends: that it is open, an answer's bytes, or the error that ended it. */
type ThreadMessage =
  | "opened"
  | Uint8Array<ArrayBuffer>
  | { readonly failed: { name: string; message: string; code?: unknown } };

// A path, not a module: Node.js starts the file itself, as it reads the migrations.
const threadFile = join(process.cwd(), "lib", "db", "embedded-thread.mjs");

// AuthenticationOk and ReadyForQuery (https://www.postgresql.org/docs/current/protocol-message-formats.html): a thread
// of this process needs no password.
const welcome = Buffer.from("5200000008000000005a0000000549", "hex");
const terminate = 0x58;

/**
 * A connection to the embedded database in place of a socket, which `pg` speaks PostgreSQL's protocol over. `connect`
 * opens the database in a thread of its own if `requireRoom` does not throw, and once `before`, an earlier connection,
 * is closed. The database is closed with the stream.
 */
export class EmbeddedStream extends Duplex {
  readonly #place: EmbeddedPlace;
  readonly #requireRoom: () => void;
  readonly #before: EmbeddedStream | null;
  #thread: Worker | null = null;
  #isGreeted = false;
  #answered: (() => void) | null = null;

  constructor(place: EmbeddedPlace, requireRoom: () => void, before: EmbeddedStream | null) {
    super();
    this.#place = place;
    this.#requireRoom = requireRoom;
    this.#before = before;
  }

  /** Opens the database; emits `connect` once it is open, and `error` if it cannot be. */
  connect(): this {
    // Two threads on one folder would destroy the database.
    if (!this.#before || this.#before.closed) this.#start();
    else this.#before.once("close", () => this.#start());
    return this;
  }

  #start(): void {
    if (this.destroyed) return;
    try {
      // Opening writes, too: it applies the last run's write-ahead log to the tables.
      this.#requireRoom();
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    // Without the process's own flags: the thread needs none of its loaders.
    const thread = new Worker(threadFile, { workerData: this.#place, execArgv: [] });
    thread.on("message", (message: ThreadMessage) => this.#take(message));
    thread.on("error", (error) => this.destroy(error));
    thread.on("exit", () => {
      this.#thread = null;
      if (this.writableEnded) this.push(null);
      else this.destroy(new EmbeddedEndedError("The embedded database ended unexpectedly."));
    });
    this.#thread = thread;
  }

  // A socket's, which `pg` calls.
  setNoDelay(): this {
    return this;
  }

  ref(): this {
    this.#thread?.ref();
    return this;
  }

  unref(): this {
    this.#thread?.unref();
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#send(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const thread = this.#thread;
    this.#thread = null;
    if (!thread) {
      done(error);
      return;
    }
    // Whoever opens the folder next must find it closed.
    thread.removeAllListeners().on("error", () => undefined);
    thread.terminate().then(() => done(error));
  }

  #send(bytes: Buffer, done: () => void): void {
    if (!this.#isGreeted) {
      this.#isGreeted = true;
      this.push(welcome);
      done();
    } else if (bytes[0] === terminate) {
      this.#thread?.postMessage(null);
      done();
    } else {
      this.#answered = done;
      // A copy of its own, given away: a buffer of pg's may be part of a larger one.
      const given = new Uint8Array(bytes);
      this.#thread?.postMessage(given, [given.buffer]);
    }
  }

  #take(message: ThreadMessage): void {
    if (message === "opened") {
      this.emit("connect");
      return;
    }
    if (!(message instanceof Uint8Array)) {
      const { failed } = message;
      this.destroy(Object.assign(new Error(failed.message), { name: failed.name, code: failed.code }));
      return;
    }
    this.push(Buffer.from(message.buffer, message.byteOffset, message.byteLength));
    const answered = this.#answered;
    this.#answered = null;
    answered?.();
  }
}
