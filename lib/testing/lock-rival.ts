import { setTimeout as sleep } from "node:timers/promises";
import { lockFolder } from "@/lib/db/folder-lock";

/**
 * One of several processes that want the same folders at the same moments: tries to take each folder it is told of at the
 * instant it is told, holds what it got, and answers with that.
 */
type Rivalry = { readonly folders: readonly string[]; readonly startAt: number; readonly everyMs: number };

// Listens for good, because a process that ends gives back what it holds.
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
