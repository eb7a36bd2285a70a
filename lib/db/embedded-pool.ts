import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { log } from "@/lib/log";
import { mayWrite } from "./disk-room";
import { type EmbeddedPlace, EmbeddedStream } from "./embedded-stream";
import { databaseFaultOf } from "./fault";
import { StatementNames } from "./statement-names";

type Given = readonly unknown[];

// One for all databases: each text has one name.
const names = new StatementNames();

/**
 * Opens the embedded database as a pool of `pg` with one connection, so that everything above it meets a server. It is
 * made safe for a full disk: a write that hits the end of the disk breaks PGlite, whose next statement never ends
 * (seen with 0.5.16). So nothing is written, and nothing opened, unless `requireRoom` allows it; and a connection
 * that hit the end of the disk all the same is given up: the next statement opens the database anew.
 */
export function embeddedPool(place: EmbeddedPlace, requireRoom: () => void = () => undefined): EmbeddedPool {
  let last: EmbeddedStream | null = null;

  class RoomyClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      // pg has a dozen signatures for one function, those with callbacks are not used here: all arguments are passed on.
      const send = this.query.bind(this) as (...given: Given) => unknown;
      this.query = ((...given: Given) => this.#ask(send, names.named(given))) as typeof this.query;
    }

    async #ask(send: (...given: Given) => unknown, given: Given): Promise<unknown> {
      if (mayWrite(textOf(given[0]))) requireRoom();
      try {
        return await send(...given);
      } catch (error) {
        this.#judge(error);
        throw error;
      }
    }

    #judge(error: unknown): void {
      if (databaseFaultOf(error) !== "full") return;
      log().error({ err: error }, "the embedded database met the end of its disk and is opened anew");
      this.connection.stream.destroy();
    }
  }

  const config = {
    Client: RoomyClient,
    stream: () => {
      last = new EmbeddedStream(place, requireRoom, last);
      return last;
    },
  };
  return new EmbeddedPool(config, async () => {
    // An idle connection keeps no process alive, a closing one does.
    if (last && !last.closed) await once(last.ref(), "close");
  });
}

/** A page pauses for less than this between its queries. */
const pauseMs = 3;
/** While somebody uses the portal, the next page comes within this time. */
const inUseMs = 2_000;
/** Background work waits no longer than this for pages. */
const longestMs = 100;

/** The pool of an embedded database: one connection, kept for as long as the process runs. */
export class EmbeddedPool extends pg.Pool {
  readonly isEmbedded = true;
  readonly #background = new AsyncLocalStorage<true>();
  #lastWork: Promise<unknown> = Promise.resolve();
  #isHeldByPage = false;
  #pageAt = Number.NEGATIVE_INFINITY;

  /** `untilClosed` resolves once the last connection has closed the database. */
  constructor(config: Pick<pg.PoolConfig, "Client" | "stream">, untilClosed: () => Promise<void>) {
    super({ ...config, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true });
    // Without a listener, a connection that ends while it is idle would end the process.
    this.on("error", (error) => log().error({ err: error }, "the embedded database ended"));
    this.on("release", () => {
      if (this.#isHeldByPage) this.#pageAt = performance.now();
      this.#isHeldByPage = false;
    });
    const connect = this.connect.bind(this);
    // pg declares forms with callbacks, too, which nothing here uses.
    this.connect = (() => this.#take(connect)) as typeof this.connect;
    this.query = ((...given: Given) => this.#ask(given)) as typeof this.query;
    // pg's own only asks the connections to end: the folder would still be written to.
    const end = this.end.bind(this);
    this.end = (async () => {
      await end();
      await untilClosed();
    }) as typeof this.end;
  }

  /** Marks all statements of `work`, and of what it starts, as those of no page: pages do not wait for each other. */
  asBackground<T>(work: () => T): T {
    return this.#background.run(true, work);
  }

  /** True while pages are being made, or were a moment ago: then a piece of background work should be short. */
  isInUse(): boolean {
    return performance.now() - this.#pageAt < inUseMs;
  }

  /**
   * Does work in the background, one piece after the other: before each, pages that are being made have all their
   * queries answered, for a tenth of a second at most. With one connection, they would wait for a piece at each query.
   */
  inBackground<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#lastWork.then(async () => {
      await this.#untilNoPage();
      return this.asBackground(work);
    });
    this.#lastWork = done.catch(() => undefined);
    return done;
  }

  async #untilNoPage(): Promise<void> {
    const until = performance.now() + longestMs;
    const isPage = () =>
      this.#isHeldByPage || this.waitingCount > 0 || performance.now() - this.#pageAt < pauseMs;
    while (isPage() && performance.now() < until) await sleep(1);
  }

  async #take(connect: () => Promise<pg.PoolClient>): Promise<pg.PoolClient> {
    const client = await liveClient(connect);
    this.#isHeldByPage = this.#background.getStore() === undefined;
    return client;
  }

  // pg's own gives the connection up after each error, a refused row included; here that would open the database anew.
  async #ask(given: Given): Promise<unknown> {
    const client = await this.connect();
    try {
      // pg has a dozen signatures for one function: all arguments are passed on unchanged.
      return await (client.query as (...given: Given) => unknown)(...given);
    } finally {
      client.release();
    }
  }
}

/** A client whose connection was not given up. */
async function liveClient(connect: () => Promise<pg.PoolClient>): Promise<pg.PoolClient> {
  for (;;) {
    const client = await connect();
    if (!streamOf(client).destroyed) return client;
    client.release(true);
  }
}

function streamOf(client: pg.ClientBase): Duplex {
  // Every client of pg has it; only the type of the pool's clients does not declare it.
  return (client as pg.Client).connection.stream;
}

function textOf(asked: unknown): string {
  if (typeof asked === "string") return asked;
  return asked !== null && typeof asked === "object" && "text" in asked ? String(asked.text) : "";
}
