import { type Answer, page, withHeaders } from "./answer";
import { reset } from "./delivery";
import { rateLimited } from "./errors";

/** Which writes a fault meets: by their number from now on, or by chance. */
export interface WriteFaultOptions {
  /** The first write that it meets; 1 is the next. */
  atCall?: number | undefined;
  /** How many it meets in all: 1 by number; by chance as many as come, unless told otherwise. */
  times?: number | undefined;
  /** Meets each write from then on with this probability, 0 to 1, instead of all of them. */
  rate?: number | undefined;
  /** Makes chance repeatable. */
  seed?: number | undefined;
}

export interface FailWritesOptions extends WriteFaultOptions {
  status: 429 | 500 | 502 | 503 | 504;
  /** The failure is told after the write was done, as by a gateway that gave up waiting. */
  afterWrite?: boolean | undefined;
  retryAfterSeconds?: number | undefined;
}

interface WriteFault {
  isAfterWrite: boolean;
  answer: Answer;
  callsBefore: number;
  timesLeft: number;
  isMet: () => boolean;
}

/** What was told to go wrong with the writes of one server. Undone by a reset. */
export class WriteFaults {
  #faults: WriteFault[] = [];

  /** Resets the connection before the answer: after the write was done, or before. */
  cut(options: WriteFaultOptions, isAfterWrite: boolean): void {
    this.#add(options, isAfterWrite, { status: 0, headers: {}, body: "", deliver: reset });
  }

  /** Answers with a failure, as a page. */
  fail({ status, afterWrite = false, retryAfterSeconds, ...options }: FailWritesOptions): void {
    this.#add(options, afterWrite, failure(status, retryAfterSeconds));
  }

  #add({ atCall = 1, times, rate, seed = 1 }: WriteFaultOptions, isAfterWrite: boolean, answer: Answer) {
    const chance = rate === undefined ? null : randomOf(seed);
    this.#faults.push({
      isAfterWrite,
      answer,
      callsBefore: atCall - 1,
      timesLeft: times ?? (rate === undefined ? 1 : Number.POSITIVE_INFINITY),
      isMet: () => chance === null || chance() < (rate ?? 0),
    });
  }

  /** The answer to a write in place of doing it; null to do it. */
  before(): Answer | null {
    return this.#next(false);
  }

  /** The answer to a write that was done, in place of the server's; null to send that. */
  after(): Answer | null {
    return this.#next(true);
  }

  #next(isAfterWrite: boolean): Answer | null {
    let met: Answer | null = null;
    for (const fault of this.#faults) {
      if (fault.isAfterWrite !== isAfterWrite) continue;
      if (fault.callsBefore > 0) {
        fault.callsBefore -= 1;
      } else if (met === null && fault.timesLeft > 0 && fault.isMet()) {
        fault.timesLeft -= 1;
        met = fault.answer;
      }
    }
    this.#faults = this.#faults.filter((one) => one.timesLeft > 0);
    return met;
  }

  clear(): void {
    this.#faults = [];
  }
}

function failure(status: FailWritesOptions["status"], retryAfterSeconds: number | undefined): Answer {
  if (status === 429) return rateLimited(retryAfterSeconds ?? 1);
  const answer = page(status, "Not available", `<h1>${status}</h1><p>Bitbucket is not available.</p>`);
  return retryAfterSeconds === undefined
    ? answer
    : withHeaders(answer, { "Retry-After": String(retryAfterSeconds) });
}

/** Numbers from 0 to 1, always the same ones for a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
