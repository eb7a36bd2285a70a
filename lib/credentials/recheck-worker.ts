import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { claimDueChecks, postponeChecks } from "@/lib/credentials/checks/schedule";
import type { Db } from "@/lib/db/types";
import { log } from "@/lib/log";
import { busyTimes, type RecheckResult, recheck, type ServerBusy } from "./recheck";

export type RecheckOptions = {
  /** Ends the work: checks under way are finished, and claimed ones are due again. */
  readonly signal: AbortSignal;
  /** For tests. */
  readonly pollMs?: number;
  readonly checkOne?: CheckOne;
};

/** Checks one credential; calls `onSlotFree` once its server has answered and only records are left to write. */
type CheckOne = (
  db: Db,
  credentialId: string,
  options: { readonly onSlotFree: () => void },
) => Promise<RecheckResult>;

/** Checks at the servers in one process at a time; as many again may be writing their records. */
const atOnce = 40;
/** As many as a server has slots: a third check would only wait for one. */
const perServer = 2;
/** Claimed at once for each server, and again when fewer than `least` are left. Few enough for a claim to outlast them. */
const ahead = 8;
const least = 4;
/** The shortest time between two claims: each looks at all that is due, so one serves all servers that want more. */
const claimPauseMs = 400;
const mostClaimed = 400;
/** How often to look for credentials that have become due. */
const usualPollMs = 5_000;
/** What has waited for so long is left to whoever claims it next: a claim lasts ten minutes. */
const longestWaitMs = 8 * 60_000;
/** The pause after a fault of the database. */
const faultMs = 2_000;

/**
 * Checks credentials as they become due, two at a time per server, until `signal` ends. Any number of processes share
 * the work; a killed one's credentials are due again after ten minutes. Goes on through faults of the database.
 */
export async function recheckUntil(db: Db, options: RecheckOptions): Promise<void> {
  const worker = new RecheckWorker(db, options);
  while (!options.signal.aborted) {
    try {
      await worker.fill();
    } catch (error) {
      log().error({ err: error }, "the due checks could not be read");
      await sleep(faultMs, undefined, { signal: options.signal }).catch(() => undefined);
    }
    await worker.untilChanged();
  }
  await worker.end();
}

/**
 * What this process has claimed of one server. `isDrained`: the last claim found all that was due. Times are on the clock
 * of `performance.now()`.
 */
type Server = {
  waiting: { readonly credentialId: string; readonly at: number }[];
  /** Checks of which the server has not answered everything. */
  underWay: number;
  isDrained: boolean;
  /** Until then, `most` checks at once: none at a server that is left alone. */
  limitedUntil: number;
  most: number;
};

function newServer(): Server {
  return { waiting: [], underWay: 0, isDrained: false, limitedUntil: 0, most: perServer };
}

class RecheckWorker {
  readonly #db: Db;
  readonly #signal: AbortSignal;
  readonly #pollMs: number;
  readonly #checkOne: CheckOne;
  /** By origin. */
  readonly #servers = new Map<string, Server>();
  readonly #unfinished = new Set<Promise<void>>();
  #underWay = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #claimedAt = Number.NEGATIVE_INFINITY;
  #hasChanged = false;
  #wake = () => {};

  constructor(db: Db, { signal, pollMs = usualPollMs, checkOne = recheck }: RecheckOptions) {
    this.#db = db;
    this.#signal = signal;
    this.#pollMs = pollMs;
    this.#checkOne = checkOne;
  }

  /** Claims what is due, if there is room for it, and starts what may start. */
  async fill(): Promise<void> {
    this.#hasChanged = false;
    if (performance.now() - this.#lookedAt >= this.#pollMs) {
      this.#lookedAt = performance.now();
      for (const server of this.#servers.values()) server.isDrained = false;
      await this.#claim();
    } else if (this.#wantsMore() && performance.now() - this.#claimedAt >= claimPauseMs) {
      await this.#claim();
    }
    this.#startAll();
  }

  #wantsMore(): boolean {
    return [...this.#servers.values()].some(wantsMore);
  }

  #startAll(): void {
    if (this.#signal.aborted) return;
    for (const [origin, server] of [...this.#servers]) this.#startOf(origin, server);
  }

  #startOf(origin: string, server: Server): void {
    const since = performance.now() - longestWaitMs;
    server.waiting = server.waiting.filter(({ at }) => at > since);
    while (server.underWay < mostAt(server) && this.#hasPlace()) {
      const next = server.waiting.shift();
      if (!next) break;
      this.#start(server, next.credentialId);
      // At the end of the line, so that the places that come free go round.
      this.#servers.delete(origin);
      this.#servers.set(origin, server);
    }
    const isIdle = server.underWay === 0 && server.waiting.length === 0;
    if (isIdle && server.isDrained && !isPaused(server)) this.#servers.delete(origin);
  }

  async #claim(): Promise<void> {
    this.#claimedAt = performance.now();
    const except = [...this.#servers].filter(([, server]) => !wantsMore(server)).map(([origin]) => origin);
    const due = await claimDueChecks(this.#db, { limit: mostClaimed, perServer: ahead, except });
    const came = new Map<Server, number>();
    const at = performance.now();
    for (const { credentialId, origin } of due) {
      const server = this.#servers.get(origin) ?? newServer();
      this.#servers.set(origin, server);
      server.waiting.push({ credentialId, at });
      came.set(server, (came.get(server) ?? 0) + 1);
    }
    if (due.length === mostClaimed) return;
    for (const [origin, server] of this.#servers) {
      if (!except.includes(origin) && (came.get(server) ?? 0) < ahead) server.isDrained = true;
    }
  }

  #hasPlace(): boolean {
    return this.#underWay < atOnce && this.#unfinished.size < 2 * atOnce;
  }

  #start(server: Server, credentialId: string): void {
    const onSlotFree = this.#takePlace(server);
    const check: Promise<void> = this.#checkOne(this.#db, credentialId, { onSlotFree })
      .then((result) => (result === "done" ? undefined : this.#stepAside(server, result)))
      .catch((error: unknown) => log().error({ err: error, credentialId }, "a check could not be made"))
      .finally(() => {
        this.#unfinished.delete(check);
        onSlotFree();
        this.#changed();
      });
    this.#unfinished.add(check);
  }

  /** Takes a place at the server; returns what frees it, once. */
  #takePlace(server: Server): () => void {
    let isTaken = true;
    server.underWay += 1;
    this.#underWay += 1;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      server.underWay -= 1;
      this.#underWay -= 1;
      this.#changed();
    };
  }

  /** What is claimed already starts at once: a claim under way takes the database some time. */
  #changed(): void {
    this.#startAll();
    this.#hasChanged = true;
    this.#wake();
  }

  /**
   * Leaves a busy server alone, and gives back what waits for it. Where this process has the other slot, it goes on with
   * that one: two processes would else leave a server to each other.
   */
  async #stepAside(server: Server, why: ServerBusy): Promise<void> {
    const { pauseMs, dueMs } = busyTimes[why];
    const others = server.underWay - 1;
    // A check that was still waiting for a slot says nothing about a share that is used up.
    if (!isPaused(server) || why === "share-used-up") {
      server.most = why === "slots-taken" ? others : 0;
      server.limitedUntil = performance.now() + pauseMs;
    }
    if (mostAt(server) > 0) return;

    const waiting = server.waiting.splice(0).map(({ credentialId }) => credentialId);
    await postponeChecks(this.#db, waiting, dueMs);
  }

  /** Resolves when a place has come free since the last filling, at the next look, or when the work ends. */
  untilChanged(): Promise<void> {
    if (this.#hasChanged || this.#signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#signal.removeEventListener("abort", end);
        resolve();
      };
      const lookAt = this.#lookedAt + this.#pollMs;
      const next = this.#wantsMore() ? Math.min(lookAt, this.#claimedAt + claimPauseMs) : lookAt;
      const timer = setTimeout(end, Math.max(0, next - performance.now()));
      this.#signal.addEventListener("abort", end, { once: true });
      this.#wake = end;
    });
  }

  async end(): Promise<void> {
    const waiting = [...this.#servers.values()].flatMap((server) => server.waiting.splice(0));
    const ids = waiting.map(({ credentialId }) => credentialId);
    await postponeChecks(this.#db, ids, 0).catch((error: unknown) =>
      log().warn({ err: error }, "claimed checks were not given back, and are due in ten minutes"),
    );
    await Promise.all(this.#unfinished);
  }
}

function wantsMore(server: Server): boolean {
  return !server.isDrained && server.waiting.length < least && !isPaused(server);
}

function mostAt({ limitedUntil, most }: Server): number {
  return limitedUntil > performance.now() ? most : perServer;
}

function isPaused(server: Server): boolean {
  return mostAt(server) === 0;
}
