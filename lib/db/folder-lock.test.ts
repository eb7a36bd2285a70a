import { mkdirSync, mkdtempSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockFolder } from "@/lib/db/folder-lock";

const atOnce = { attempts: 0, pauseMs: 10 };
const emptyFolder = () => mkdtempSync(join(tmpdir(), "latchkey-lock-"));

/** What a process leaves behind that was killed so long ago. */
function leftBehind(folder: string, secondsAgo: number): void {
  const path = join(folder, "portal.lock");
  mkdirSync(path);
  const at = Date.now() / 1000 - secondsAgo;
  utimesSync(path, at, at);
}

describe("the lock of the embedded database", () => {
  it("is refused while somebody holds it, with the cure", async () => {
    const folder = emptyFolder();
    const release = await lockFolder(folder, atOnce);
    await expect(lockFolder(folder, atOnce)).rejects.toMatchObject({
      name: "FolderInUseError",
      message: expect.stringContaining("DATA_DIR"),
    });
    await release();
    await (await lockFolder(folder, atOnce))();
  });

  it("of a process that was killed is taken over once it has shown no life for fifteen seconds", async () => {
    const folder = emptyFolder();
    leftBehind(folder, 16);
    await (await lockFolder(folder, atOnce))();
  });

  it("of a process that may only be busy is not", async () => {
    const folder = emptyFolder();
    leftBehind(folder, 10);
    await expect(lockFolder(folder, atOnce)).rejects.toMatchObject({ name: "FolderInUseError" });
  });

  it("that was left behind is taken over by one of several that start at once", async () => {
    const folder = emptyFolder();
    leftBehind(folder, 60);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => lockFolder(folder, atOnce)));
    const taken = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(taken).toHaveLength(1);
    await taken[0]?.value();
  });
});
