import { readFileSync } from "node:fs";

const msPerTick = 10;

/** The processor time used by a process so far, in milliseconds; NaN on systems without Linux's /proc. */
export function cpuTimeMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may contain spaces; user and system time are fields 14 and
    // 15.
    const [user, system] = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13)
      .map(Number);
    return ((user ?? Number.NaN) + (system ?? Number.NaN)) * msPerTick;
  } catch {
    return Number.NaN;
  }
}
