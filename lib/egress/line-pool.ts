import "server-only";
import type { OneLineAgent } from "./one-line-agent";

/**
 * The connections of one conversation. Each carries one request at a time, the oldest free one first; further requests
 * wait in order. There is always one: a server may refuse others.
 */
export class LinePool {
  readonly #lines: OneLineAgent[] = [];
  readonly #busy = new Set<OneLineAgent>();
  readonly #waiting: ((line: OneLineAgent | null) => void)[] = [];
  #isOver = false;

  /** Adds a connection for whoever waits; ends it at once if the conversation is over. */
  add(line: OneLineAgent): void {
    if (this.#isOver) {
      line.destroy();
      return;
    }
    this.#lines.push(line);
    this.#giveBack(line);
  }

  /** Does `work` as soon as a connection is free; null, without doing it, if the conversation ends before. */
  async use<Result>(work: (line: OneLineAgent) => Promise<Result>): Promise<Result | null> {
    const line = await this.#take();
    if (line === null) return null;
    try {
      return await work(line);
    } finally {
      this.#giveBack(line);
    }
  }

  /** Does without a connection that broke, while there are others. */
  drop(line: OneLineAgent): void {
    if (this.#lines.length === 1 || !this.#lines.includes(line)) return;
    this.#lines.splice(this.#lines.indexOf(line), 1);
    line.destroy();
  }

  /** Ends all connections, and whatever waits for one. */
  destroy(): void {
    this.#isOver = true;
    for (const line of this.#lines) line.destroy();
    for (const end of this.#waiting.splice(0)) end(null);
  }

  async #take(): Promise<OneLineAgent | null> {
    if (this.#isOver) return null;
    for (const ended of this.#lines.filter(({ hasEnded }) => hasEnded)) this.drop(ended);
    const line = this.#lines.find((one) => !this.#busy.has(one));
    if (!line) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#busy.add(line);
    return line;
  }

  #giveBack(line: OneLineAgent): void {
    this.#busy.delete(line);
    if (!this.#lines.includes(line)) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#busy.add(line);
    next(line);
  }
}
