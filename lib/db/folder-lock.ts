import "server-only";
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log";

/** Thrown if another process has the embedded database open: two writers on one folder lose data silently. */
class FolderInUseError extends Error {
  override name = "FolderInUseError";
}

// A holder renews its lock every two seconds. Opening a database can block it for some seconds, so it counts as dead
// only after fifteen; a process id would tell sooner, but means nothing across containers that share a volume.
const updateMs = 2_000;
const staleMs = 15_000;
const prefix = "portal.lock.";

/** How long to wait for a holder that may be dead; for tests. */
export type LockWait = { readonly attempts: number; readonly pauseMs: number };

/** Locks `folder` for this process until it ends, or throws `FolderInUseError`; takes over the lock of a dead process. */
export async function lockFolder(
  folder: string,
  { attempts, pauseMs }: LockWait = { attempts: 18, pauseMs: 1_000 },
): Promise<() => void> {
  for (let attempt = 0; ; attempt += 1) {
    const number = takeNext(folder);
    if (number !== null) return hold(folder, number);
    if (attempt >= attempts) break;
    await sleep(pauseMs);
  }
  throw new FolderInUseError(
    `The embedded database in ${folder} is open in another process. Stop that one, or set DATA_DIR to another folder.`,
  );
}

/**
 * A lock is a numbered folder; the newest number counts, and no number is used twice. Removing a dead lock and making
 * it again would let two processes have it, if the second removes what the first has just made; of two that make the
 * next number, one fails.
 */
function takeNext(folder: string): number | null {
  const newest = Math.max(0, ...numbersIn(folder));
  if (newest > 0 && isAlive(pathOf(folder, newest))) return null;
  const next = newest + 1;
  if (!wasMade(pathOf(folder, next))) return null;
  // Other processes may have taken higher numbers meanwhile.
  if (numbersIn(folder).some((number) => number > next)) {
    rmSync(pathOf(folder, next), { recursive: true, force: true });
    return null;
  }
  // The previous number stays, so that a process reading the folder now sees at least one of the two.
  for (const number of numbersIn(folder).filter((one) => one < newest)) {
    rmSync(pathOf(folder, number), { recursive: true, force: true });
  }
  return next;
}

const pathOf = (folder: string, number: number) => join(folder, `${prefix}${number}`);

function numbersIn(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(name.slice(prefix.length)))
    .filter(Number.isSafeInteger);
}

function isAlive(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  // Gone since it was seen: another process took over.
  return !stats || stats.mtimeMs >= Date.now() - staleMs;
}

function wasMade(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

const held = new Set<() => void>();
process.once("exit", () => {
  for (const release of held) release();
});

function hold(folder: string, number: number): () => void {
  const path = pathOf(folder, number);
  let shownAt = Date.now();
  const showLife = () => {
    // Synchronous, so that no renewal comes after the release.
    try {
      if (Math.max(0, ...numbersIn(folder)) !== number)
        return stopAtOnce(new Error("another process holds the folder"));
      utimesSync(path, new Date(), new Date());
      shownAt = Date.now();
    } catch (error) {
      // A disk that fails once may recover before other processes take this one for dead.
      if (Date.now() - shownAt > staleMs) stopAtOnce(error);
    }
  };
  const timer = setInterval(showLife, updateMs).unref();
  const release = () => {
    clearInterval(timer);
    if (held.delete(release)) utimesSync(path, new Date(0), new Date(0));
  };
  held.add(release);
  return release;
}

// Another process has taken the folder, for instance while this machine slept: every further write could destroy its data.
function stopAtOnce(error: unknown): void {
  log().fatal({ err: error }, "the lock of the embedded database was lost");
  process.exit(1);
}
