import { readFileSync } from "node:fs";

const msPerTick = 10;

/** The processor time that a process has used so far, in milliseconds; NaN where the system does not tell it the way Linux does. */
export function cpuTimeMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may hold spaces; user and system time are the 14th and 15th.
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
