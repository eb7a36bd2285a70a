import type { Account } from "../accounts";

export interface Annotation {
  externalId?: string | undefined;
  path?: string | undefined;
  line?: number | undefined;
  message: string;
  severity: string;
  type?: string | undefined;
  link?: string | undefined;
}

export interface Report {
  key: string;
  title: string;
  data: readonly unknown[];
  details?: string | undefined;
  result?: string | undefined;
  reporter?: string | undefined;
  link?: string | undefined;
  logoUrl?: string | undefined;
  createdAt: number;
  /** The only account that may replace it; null for the invented ones, which anybody may. */
  creator: Account | null;
  annotations: Annotation[];
}

/** The Code Insights reports that were written to a repository, by commit and key. */
export class Insights {
  readonly #written = new Map<string, Map<string, Report>>();
  /** Invented reports that were deleted. */
  readonly #removed = new Set<string>();

  find(commit: string, key: string): Report | undefined {
    return this.#written.get(commit)?.get(key);
  }

  /** The written reports of a commit, oldest first. */
  of(commit: string): Report[] {
    return [...(this.#written.get(commit)?.values() ?? [])];
  }

  put(commit: string, report: Report): void {
    const ofCommit = this.#written.get(commit) ?? new Map<string, Report>();
    ofCommit.set(report.key, report);
    this.#written.set(commit, ofCommit);
  }

  remove(commit: string, key: string): void {
    this.#written.get(commit)?.delete(key);
    this.#removed.add(`${commit} ${key}`);
  }

  /** Whether an invented report no longer shows. */
  hides(commit: string, key: string): boolean {
    return this.#removed.has(`${commit} ${key}`) || this.find(commit, key) !== undefined;
  }

  written(): { commit: string; report: Report }[] {
    return [...this.#written].flatMap(([commit, reports]) =>
      [...reports.values()].map((report) => ({ commit, report })),
    );
  }
}
