import { setTimeout as sleep } from "node:timers/promises";
import { lockFolder } from "@/lib/db/folder-lock";

/**
 * One of several processes that compete for the same folders: tries to lock each named folder at its named instant,
 * keeps its locks, and replies with them.
 */
type Rivalry = { readonly folders: readonly string[]; readonly startAt: number; readonly everyMs: number };

// Keeps listening, because a process that ends releases its locks.
process.on("message", async ({ folders, startAt, everyMs }: Rivalry) => {
  const taken: string[] = [];
  for (const [index, folder] of folders.entries()) {
    await sleep(startAt + index * everyMs - Date.now());
    await lockFolder(folder, { attempts: 0, pauseMs: 0 }).then(
      () => taken.push(folder),
      () => undefined,
    );
  }
  process.send?.(taken);
});
process.send?.("ready");
