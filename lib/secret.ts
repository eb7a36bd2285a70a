const MASK = "[secret]";

/** By this name Node's `inspect` asks an object how to print it; written out, so that browsers can load this file. */
const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/**
 * Holds one plaintext secret, in the browser as on the server. Whatever prints, logs, serialises or interpolates it shows
 * `[secret]`; `use` is the only way to the text.
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
    // A byte order mark at the beginning belongs to the secret; a plain decoder would drop it.
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return new Secret(decoder.decode(new TextEncoder().encode(text)));
  }

  /** Hands the plaintext to `fn` and returns what `fn` returns; do not let the text itself escape through it. */
  use<T>(fn: (text: string) => T): T {
    return fn(this.#text);
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

  [inspectCustom](): string {
    return MASK;
  }
}
