import "server-only";
import { PGlite, type Results, type Transaction } from "@electric-sql/pglite";
import { log } from "@/lib/log";
import { mayWrite } from "./disk-room";
import { DiskFullError, databaseFaultOf } from "./fault";

type Query = PGlite["query"];
type Exec = PGlite["exec"];

/**
 * The part of PGlite's client that drizzle and the job queue use, made safe for a full disk. A write that hits the
 * end of the disk breaks PGlite: its next statement never ends and blocks the whole process (seen with 0.5.16). So
 * nothing is written unless `requireRoom` allows it; and a client that hit the end of the disk all the same is never
 * used again.
 */
export class ReopeningClient {
  readonly #path: string;
  readonly #requireRoom: () => void;
  #current: Promise<PGlite> | null = null;

  private constructor(path: string, requireRoom: () => void) {
    this.#path = path;
    this.#requireRoom = requireRoom;
  }

  /** Opens the database in `path`; rejects if it cannot be opened or `requireRoom` throws. */
  static async open(path: string, requireRoom: () => void): Promise<ReopeningClient> {
    const client = new ReopeningClient(path, requireRoom);
    await client.#opened();
    return client;
  }

  query<T>(...given: Parameters<Query>): Promise<Results<T>> {
    return this.#use(given[0], (client) => client.query<T>(...given));
  }

  exec(...given: Parameters<Exec>): ReturnType<Exec> {
    return this.#use(given[0], (client) => client.exec(...given));
  }

  transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#use("begin", (client) => client.transaction((tx) => body(this.#judging(tx))));
  }

  #judging(tx: Transaction): Transaction {
    const query = tx.query.bind(tx);
    const exec = tx.exec.bind(tx);
    tx.query = async (...given) => {
      this.#judge(given[0]);
      return query(...given);
    };
    tx.exec = async (...given) => {
      this.#judge(given[0]);
      return exec(...given);
    };
    return tx;
  }

  #judge(text: string): void {
    if (mayWrite(text)) this.#requireRoom();
  }

  async #use<T>(text: string, work: (client: PGlite) => Promise<T>): Promise<T> {
    this.#judge(text);
    const opened = this.#opened();
    const client = await opened;
    try {
      return await work(client);
    } catch (error) {
      if (metTheEndOfTheDisk(error) && this.#current === opened) {
        log().error({ err: error }, "the embedded database met the end of its disk and is opened anew");
        this.#current = null;
      }
      throw error;
    }
  }

  #opened(): Promise<PGlite> {
    if (this.#current) return this.#current;
    // Opening writes, too: it applies the last run's write-ahead log to the tables.
    this.#requireRoom();
    const opening = PGlite.create(this.#path);
    this.#current = opening;
    opening.catch(() => {
      if (this.#current === opening) this.#current = null;
    });
    return opening;
  }
}

function metTheEndOfTheDisk(error: unknown): boolean {
  return databaseFaultOf(error) === "full" && !isOwnRefusal(error);
}

function isOwnRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error instanceof DiskFullError || isOwnRefusal(error.cause);
}
