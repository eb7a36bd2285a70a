import "server-only";
import { lock } from "proper-lockfile";
import { log } from "@/lib/log";

/** Thrown when another process has the embedded database open: two writers on one folder lose data silently. */
class FolderInUseError extends Error {
  override name = "FolderInUseError";
}

// A holder shows every two seconds that it lives. Opening a database can keep it busy for some seconds, so it counts as
// dead only after fifteen; a process id would tell sooner, but means nothing across containers that share a volume.
const updateMs = 2_000;
const staleMs = 15_000;

/** How long to wait for a holder that may be dead; for tests. */
export type LockWait = { readonly attempts: number; readonly pauseMs: number };

/** Takes `folder` for this process until it ends, or throws `FolderInUseError`; the lock of a process that has died is taken over. */
export async function lockFolder(
  folder: string,
  wait: LockWait = { attempts: 18, pauseMs: 1_000 },
): Promise<() => Promise<void>> {
  try {
    return await lock(folder, {
      lockfilePath: `${folder}/portal.lock`,
      stale: staleMs,
      update: updateMs,
      retries: { retries: wait.attempts, factor: 1, minTimeout: wait.pauseMs, maxTimeout: wait.pauseMs },
      onCompromised: stopAtOnce,
    });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ELOCKED")) throw error;
    throw new FolderInUseError(
      `The embedded database in ${folder} is open in another process. Stop that one, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}

// Somebody else has taken the folder, for instance while this machine slept: every further write could destroy theirs.
function stopAtOnce(error: Error): void {
  log().fatal({ err: error }, "the lock of the embedded database was lost");
  process.exit(1);
}
