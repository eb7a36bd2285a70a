/** One request, as the counters see it. */
export interface Counted {
  /** The signed-in account's name; null for nobody. */
  account: string | null;
  /** Method and path with the names of its parts; null if no route matched. */
  pattern: string | null;
  status: number;
  /** The list that a page belongs to; null if the path names none. */
  page: { repository: number | null; stream: string; start: number } | null;
}

export interface AccountCounts {
  calls: number;
  /** Calls that came while the account had used up its allowance. */
  overAllowance: number;
  /** The most requests that were under way at once. */
  maxSimultaneous: number;
  routes: Record<string, number>;
}

export interface PageCounts {
  repository: number | null;
  /** Method, pattern and the query apart from start and limit. */
  stream: string;
  /** How often each page was read, by its start. */
  starts: Record<string, number>;
}

export interface CountersReport {
  calls: number;
  maxSimultaneous: number;
  accounts: Record<string, AccountCounts>;
  pages: PageCounts[];
  /** How often the page that was read most often was read. */
  mostReads: number;
}

const NOBODY = "nobody";

/** What one server was asked, counted until it is reset. */
export class Counters {
  readonly #accounts = new Map<string, AccountCounts>();
  readonly #underWay = new Map<string, number>();
  readonly #pages = new Map<string, PageCounts>();
  #calls = 0;
  #allUnderWay = 0;
  #maxSimultaneous = 0;
  #epoch = 0;

  /** Counts a request; the result is to be called when it is over. */
  begin(counted: Counted): () => void {
    const name = counted.account ?? NOBODY;
    const account = this.#accounts.get(name) ?? {
      calls: 0,
      overAllowance: 0,
      maxSimultaneous: 0,
      routes: {},
    };
    this.#accounts.set(name, account);
    this.#calls += 1;
    account.calls += 1;
    if (counted.status === 429) account.overAllowance += 1;
    const route = counted.pattern ?? "other";
    account.routes[route] = (account.routes[route] ?? 0) + 1;
    if (counted.page && counted.status === 200) this.#countPage(counted.page);

    const underWay = (this.#underWay.get(name) ?? 0) + 1;
    this.#underWay.set(name, underWay);
    this.#allUnderWay += 1;
    account.maxSimultaneous = Math.max(account.maxSimultaneous, underWay);
    this.#maxSimultaneous = Math.max(this.#maxSimultaneous, this.#allUnderWay);
    const epoch = this.#epoch;
    return () => {
      if (epoch !== this.#epoch) return;
      this.#underWay.set(name, (this.#underWay.get(name) ?? 1) - 1);
      this.#allUnderWay -= 1;
    };
  }

  #countPage({ repository, stream, start }: NonNullable<Counted["page"]>): void {
    const key = `${repository ?? ""} ${stream}`;
    const page = this.#pages.get(key) ?? { repository, stream, starts: {} };
    this.#pages.set(key, page);
    page.starts[start] = (page.starts[start] ?? 0) + 1;
  }

  report(): CountersReport {
    const pages = [...this.#pages.values()];
    return structuredClone({
      calls: this.#calls,
      maxSimultaneous: this.#maxSimultaneous,
      accounts: Object.fromEntries(this.#accounts),
      pages,
      mostReads: pages.reduce((most, one) => Math.max(most, ...Object.values(one.starts)), 0),
    });
  }

  clear(): void {
    this.#accounts.clear();
    this.#underWay.clear();
    this.#pages.clear();
    this.#calls = 0;
    this.#allUnderWay = 0;
    this.#maxSimultaneous = 0;
    this.#epoch += 1;
  }
}
