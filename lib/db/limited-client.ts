import "server-only";
import pg from "pg";
import { SilentDatabaseError } from "./fault";
import { StatementNames } from "./statement-names";

/** How long a statement may go without an answer. The server itself ends slow statements a little earlier. */
export const answerLimitMs = 7_000;

type Given = readonly unknown[];

// One for all connections: each text has one name.
const names = new StatementNames();

/**
 * A connection that gives up when a statement gets no answer: a network path that went silent without a reset never
 * answers again. All its statements then fail with `SilentDatabaseError`, and the pool discards it; pg's own limit
 * would leave the connection in use and let a rollback wait as long again.
 */
export class LimitedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // pg has a dozen signatures for one function: all arguments are passed on unchanged.
    const send = this.query.bind(this) as (...given: Given) => unknown;
    this.query = ((...given: Given) => this.#limited(send, names.named(given))) as typeof this.query;
  }

  #limited(send: (...given: Given) => unknown, given: Given): unknown {
    const timer = setTimeout(() => this.#giveUp(), answerLimitMs);
    const answered = () => clearTimeout(timer);
    const callback = given.at(-1);
    if (typeof callback === "function") {
      return send(...given.slice(0, -1), (...answer: Given) => {
        answered();
        callback(...answer);
      });
    }
    const answer = send(...given);
    if (answer instanceof Promise) answer.then(answered, answered);
    else answered();
    return answer;
  }

  #giveUp(): void {
    const seconds = answerLimitMs / 1000;
    this.connection.stream.destroy(new SilentDatabaseError(`The database did not answer for ${seconds} s.`));
  }
}
