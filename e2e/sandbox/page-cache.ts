const MOST_BYTES = 64 * 1024 * 1024;
/** Smaller answers are made as fast as they are found. */
const LEAST_CHARACTERS = 50_000;

/** Large answers as bytes, so that the same page is made once however often it is read. */
export class PageCache {
  readonly #pages = new Map<string, Buffer>();
  #bytes = 0;

  get(key: string): Buffer | undefined {
    return this.#pages.get(key);
  }

  /** Keeps a body if it is worth it; the oldest make room. Returns what is to be sent. */
  put(key: string, body: string): string | Buffer {
    if (body.length < LEAST_CHARACTERS) return body;
    const bytes = Buffer.from(body, "utf8");
    this.#pages.set(key, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#pages) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#pages.delete(oldest);
      this.#bytes -= length;
    }
    return bytes;
  }

  clear(): void {
    this.#pages.clear();
    this.#bytes = 0;
  }
}
