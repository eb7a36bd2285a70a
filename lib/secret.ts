const MASK = "[secret]";

/** The name of the method that Node's `inspect` calls; spelled out, so that browsers can load this file. */
const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/**
 * Holds one plaintext secret, in the browser and on the server. Printing, logging, serialising or interpolating it
 * shows `[secret]`; only `use` gives the text.
 */
export class Secret {
  /** A `#private` field, which inspect, JSON, spread and structuredClone cannot see even with showHidden. */
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /**
   * Wraps a text. Half a surrogate pair becomes U+FFFD here, as in every form post (WHATWG USVString): UTF-8 cannot
   * encode it, so otherwise the opened text could differ from the sealed one.
   */
  static of(text: string): Secret {
    // A byte order mark at the beginning belongs to the secret; a default decoder would drop it.
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return new Secret(decoder.decode(new TextEncoder().encode(text)));
  }

  /** Passes the plaintext to `fn` and returns its result; the text itself must not escape through it. */
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
