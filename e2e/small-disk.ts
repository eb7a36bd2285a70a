import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder whose disk can be filled without affecting other processes. */
export type SmallDisk = {
  readonly folder: string;
  /** The environment that makes a process use this disk. */
  readonly env: Record<string, string>;
  fill(): void;
  makeRoom(): void;
  remove(): void;
};

const sizeMiB = 256;
const leftMiB = 20;

/** A 256 MiB disk in memory where mounting is allowed; elsewhere a folder that Node.js is told is full. */
export function makeSmallDisk(): SmallDisk {
  const place = mkdtempSync(join(tmpdir(), "latchkey-disk-"));
  return mountInMemory(place) ? realDisk(place) : toldDisk(place);
}

function mountInMemory(place: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeMiB}m`, "tmpfs", place], { stdio: "ignore" });
    return true;
  } catch {
    // Not Linux, or not the root user.
    return false;
  }
}

function realDisk(place: string): SmallDisk {
  const filler = join(place, "filler");
  const folder = join(place, "data");
  mkdirSync(folder);
  return {
    folder,
    env: {},
    fill: () => {
      const { bavail, bsize } = statfsSync(place);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftMiB * 1024 * 1024)));
    },
    makeRoom: () => rmSync(filler, { force: true }),
    remove: () => {
      execFileSync("umount", ["--lazy", place]);
      rmSync(place, { recursive: true, force: true });
    },
  };
}

function toldDisk(place: string): SmallDisk {
  const mark = join(place, "full");
  const folder = join(place, "data");
  mkdirSync(folder);
  return {
    folder,
    env: {
      NODE_OPTIONS: `--import ${join(import.meta.dirname, "told-disk.mjs")}`,
      LATCHKEY_TEST_FULL_DISK: mark,
    },
    fill: () => writeFileSync(mark, ""),
    makeRoom: () => rmSync(mark, { force: true }),
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}
