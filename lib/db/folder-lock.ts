import "server-only";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Thrown when another process has the embedded database open: two writers on one folder lose data silently. */
export class FolderInUseError extends Error {
  override name = "FolderInUseError";
}

/** Takes `folder` for this process until it ends, or throws `FolderInUseError`; the lock of a process that has died is taken over. */
export function lockFolder(folder: string): void {
  const file = join(folder, "portal.lock");
  if (!writeNew(file)) {
    const holder = Number(readFileSync(file, "utf8"));
    if (isOtherLiveProcess(holder)) {
      throw new FolderInUseError(
        `The embedded database in ${folder} is open in another process (${holder}). Stop that one, or set DATA_DIR to another folder.`,
      );
    }
    rmSync(file);
    if (!writeNew(file))
      throw new FolderInUseError(`Another process is opening the embedded database in ${folder}.`);
  }
  process.once("exit", () => rmSync(file, { force: true }));
}

function writeNew(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

// In a container every start has the same process id, so a lock with our own number is a dead one.
function isOtherLiveProcess(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
