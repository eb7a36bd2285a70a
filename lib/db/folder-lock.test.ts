import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FolderInUseError, lockFolder } from "@/lib/db/folder-lock";

const emptyFolder = () => mkdtempSync(join(tmpdir(), "latchkey-lock-"));

describe("the lock of the embedded database", () => {
  it("is refused while another process lives that holds it, with the cure", () => {
    const folder = emptyFolder();
    // Our parent certainly lives.
    writeFileSync(join(folder, "portal.lock"), String(process.ppid));
    expect(() => lockFolder(folder)).toThrow(FolderInUseError);
    expect(() => lockFolder(folder)).toThrow("DATA_DIR");
  });

  it("of a process that has died is taken over", () => {
    const folder = emptyFolder();
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(join(folder, "portal.lock"), String(pid));
    lockFolder(folder);
    expect(readFileSync(join(folder, "portal.lock"), "utf8")).toBe(String(process.pid));
  });

  it.each(["", "nonsense", "-1", String(process.pid)])("that reads %j is taken over", (text) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "portal.lock"), text);
    expect(() => lockFolder(folder)).not.toThrow();
  });
});
