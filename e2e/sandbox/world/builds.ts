import { byteOf, HOUR_MS, NEWEST, pick } from "./invented";

/** A build status; those after `dateAdded` are known to the newer resource only. */
export interface BuildStatus {
  key: string;
  state: string;
  url: string;
  name?: string | undefined;
  description?: string | undefined;
  dateAdded: number;
  details?: BuildDetails;
}

export interface BuildDetails {
  ref?: string | undefined;
  parent?: string | undefined;
  buildNumber?: string | undefined;
  duration?: number | undefined;
  testResults?: { failed: number; skipped: number; successful: number } | undefined;
}

/** The build statuses of a server, by commit and key, whatever repository has the commit. */
export class BuildStatuses {
  readonly #written = new Map<string, Map<string, BuildStatus>>();
  readonly #times = new WeakMap<BuildStatus, number>();

  /** Newest first: what was written, and what is invented of the commit unless written over. */
  of(sha: string): BuildStatus[] {
    const id = sha.toLowerCase();
    const written = this.#written.get(id);
    const invented = inventedStatuses(id);
    if (!written) return invented;
    return [...[...written.values()].reverse(), ...invented.filter(({ key }) => !written.has(key))];
  }

  find(sha: string, key: string): BuildStatus | undefined {
    const id = sha.toLowerCase();
    return this.#written.get(id)?.get(key) ?? inventedStatuses(id).find((one) => one.key === key);
  }

  /** A status with an existing key replaces the older one. */
  put(sha: string, status: BuildStatus, at: number): void {
    this.#times.set(status, at);
    const id = sha.toLowerCase();
    const ofCommit = this.#written.get(id) ?? new Map<string, BuildStatus>();
    ofCommit.delete(status.key);
    ofCommit.set(status.key, status);
    this.#written.set(id, ofCommit);
  }

  /** What was written, by commit, oldest first. */
  written(): { commit: string; status: BuildStatus; at: number }[] {
    return [...this.#written].flatMap(([commit, statuses]) =>
      [...statuses.values()].map((status) => ({ commit, status, at: this.#times.get(status) ?? 0 })),
    );
  }
}

/** Two thirds of the commits were built, half of those twice: known from the id alone, as on a server without a restart. */
function inventedStatuses(sha: string): BuildStatus[] {
  if (!/^[0-9a-f]{40}$/.test(sha)) return [];
  return Array.from({ length: byteOf(sha, 0) % 3 }, (_, at) => {
    const number = 100 + byteOf(sha, 1) - at;
    const state = pick(["SUCCESSFUL", "SUCCESSFUL", "FAILED", "INPROGRESS"], byteOf(sha, 2) + at);
    return {
      key: at === 0 ? "NIGHTLY-TEST" : "NIGHTLY-LINT",
      name: "main",
      state,
      url: `https://ci.fernwood.example/builds/${number}`,
      description: `#${number} ${state.toLowerCase()} in ${4 + at} minutes`,
      dateAdded: NEWEST - byteOf(sha, 3) * HOUR_MS - at * 60_000,
    };
  });
}
