import { Agent } from "node:http";
import { ask } from "./ask";
import type { Item } from "./held-ways";
import type { Sandbox } from "./start";

/** A list, read to its end. */
export interface ReadList {
  items: Item[];
  /** The fewest calls that bring it: its length by the largest page. */
  calls: number;
  isDenied: boolean;
}

const largestPage = 1000;

/** Reads lists of the sandbox's main server, one page after the other. */
export class Lists {
  readonly #root: string;
  readonly #authorization: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(sandbox: Sandbox, authorization: string) {
    this.#root = `${sandbox.url("/")}/rest`;
    this.#authorization = authorization;
  }

  close(): void {
    this.#agent.destroy();
  }

  /** A list that is not there is empty. */
  async read(path: string, most = largestPage): Promise<ReadList> {
    const items: Item[] = [];
    for (let start = 0; ; ) {
      const url = `${this.#root}/${path}${path.includes("?") ? "&" : "?"}limit=${most}&start=${start}`;
      const reply = await ask(url, { authorization: this.#authorization, agent: this.#agent });
      if (reply.status === 401 || reply.status === 403) return { items: [], calls: 1, isDenied: true };
      // 204 and 404: nothing is there.
      if (reply.status === 200) items.push(...itemsOf(reply.json));
      const next = reply.status === 200 ? nextOf(reply.json) : null;
      if (next === null) {
        return { items, calls: Math.max(1, Math.ceil(items.length / most)), isDenied: false };
      }
      start = next;
    }
  }
}

function itemsOf(body: unknown): Item[] {
  if (Array.isArray(body)) return body;
  if (typeof body !== "object" || body === null) return [];
  const { values, annotations } = body as { values?: unknown; annotations?: unknown };
  const found = values ?? annotations;
  if (!Array.isArray(found)) return [body as Item];
  return found.map((one): Item => (typeof one === "object" ? one : { value: one }));
}

function nextOf(body: unknown): number | null {
  const { isLastPage, nextPageStart } = body as { isLastPage?: boolean; nextPageStart?: number | null };
  return isLastPage === false ? (nextPageStart ?? null) : null;
}
