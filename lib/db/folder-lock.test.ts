import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { lockFolder } from "./folder-lock";

const atOnce = { attempts: 0, pauseMs: 10 };
const emptyFolder = () => mkdtempSync(join(tmpdir(), "latchkey-lock-"));

/** What a process leaves behind that was killed so long ago. */
function leftBehind(folder: string, secondsAgo: number): void {
  const path = join(folder, "portal.lock.7");
  mkdirSync(path);
  const at = Date.now() / 1000 - secondsAgo;
  utimesSync(path, at, at);
}

function startRival(): ChildProcess {
  const execArgv = ["--import", "tsx", "--conditions=react-server"];
  return fork(fileURLToPath(new URL("../testing/lock-rival.ts", import.meta.url)), { execArgv });
}

describe("the lock of the embedded database", () => {
  it("52 the embedded database is refused while another process holds it, with what to do", async () => {
    const folder = emptyFolder();
    const release = await lockFolder(folder, atOnce);
    await expect(lockFolder(folder, atOnce)).rejects.toMatchObject({
      name: "FolderInUseError",
      message: expect.stringContaining("DATA_DIR"),
    });
    release();
    (await lockFolder(folder, atOnce))();
  });

  it("of a process that was killed is taken over once it has shown no life for fifteen seconds", async () => {
    const folder = emptyFolder();
    leftBehind(folder, 16);
    (await lockFolder(folder, atOnce))();
  });

  it("of a process that may only be busy is not", async () => {
    const folder = emptyFolder();
    leftBehind(folder, 5);
    await expect(lockFolder(folder, atOnce)).rejects.toMatchObject({ name: "FolderInUseError" });
  });

  it("that was left behind is taken over by one of several processes that start at once", async () => {
    const folders = Array.from({ length: 100 }, emptyFolder);
    for (const folder of folders) leftBehind(folder, 60);
    const rivals = Array.from({ length: 3 }, startRival);
    await Promise.all(rivals.map((rival) => once(rival, "message")));
    const startAt = Date.now() + 100;
    for (const rival of rivals) rival.send({ folders, startAt, everyMs: 10 });
    const taken = await Promise.all(rivals.map(async (rival) => (await once(rival, "message"))[0]));
    for (const rival of rivals) rival.kill();
    expect(taken.flat().toSorted()).toEqual(folders.toSorted());
  });
});
