import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { claimsVariable } from "./portal-variables";

/** What the workers of a run share. */
type Shared = "accounts" | "sandboxes";

const next: Record<Shared, number> = { accounts: 0, sandboxes: 0 };

/**
 * A number below `limit` that nothing in this run has used for the same purpose. The numbers are files, because
 * workers share them, and a new worker, which follows each failed test, has no memory of the earlier ones.
 */
export function claimNumber(of: Shared, limit: number): number {
  const folder = process.env[claimsVariable] ?? "";
  for (; next[of] < limit; next[of] += 1) {
    try {
      closeSync(openSync(join(folder, `${of}-${next[of]}`), "wx"));
      return next[of];
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
  throw new Error(`this run has used up its ${limit} ${of}`);
}
