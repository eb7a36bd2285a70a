import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { inspect } from "node:util";

const MASK = "[secret]";

/** Fresh in every process: a digest under it is worth nothing outside this process's memory. */
const comparisonKey = randomBytes(32);

/**
 * Holds one plaintext secret. Whatever prints, logs, serialises or interpolates it shows `[secret]`;
 * `use` is the only way to the text.
 */
export class Secret {
  /** A `#private` field, which inspect, JSON, spread and structuredClone cannot see even with showHidden. */
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /**
   * Wraps a text. Half a surrogate pair becomes U+FFFD here, as in every form post (WHATWG USVString):
   * UTF-8 cannot carry it, so otherwise what is opened could differ from what was sealed.
   */
  static of(text: string): Secret {
    return new Secret(Buffer.from(text, "utf8").toString("utf8"));
  }

  /** Hands the plaintext to `fn` and returns what `fn` returns; do not let the text itself escape through it. */
  use<T>(fn: (text: string) => T): T {
    return fn(this.#text);
  }

  /** Compares in constant time; digests of equal length keep the length of either secret from showing. */
  equals(other: Secret): boolean {
    return timingSafeEqual(this.#digest(), other.#digest());
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }

  #digest(): Buffer {
    return createHmac("sha256", comparisonKey).update(this.#text, "utf8").digest();
  }
}
