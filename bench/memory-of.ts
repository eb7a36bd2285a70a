import { readdirSync, readFileSync } from "node:fs";

const pageBytes = 4096;

/** What a process holds at one moment: resident memory in bytes, and open handles (files, sockets, pipes). */
export type Held = { readonly rssBytes: number; readonly handles: number };

/** Reads it where the system tells it the way Linux does; throws elsewhere. */
export function grantedTo(pid: number): Held {
  const [, residentPages] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ").map(Number);
  return {
    rssBytes: (residentPages ?? Number.NaN) * pageBytes,
    handles: readdirSync(`/proc/${pid}/fd`).length,
  };
}

/** How far the last third of a soak lies above its middle third; the first third is for caches to fill. */
export type Growth = { readonly rss: number; readonly handles: number };

/** Growth as ratios of medians: 1 is flat. Needs three samples at least, in the order in which they were taken. */
export function growthOf(samples: readonly Held[]): Growth {
  const third = Math.floor(samples.length / 3);
  if (third === 0) throw new Error("three samples are the fewest that tell of growth");
  const middle = samples.slice(third, 2 * third);
  const last = samples.slice(-third);
  const ratio = (of: (held: Held) => number) => median(last.map(of)) / median(middle.map(of));
  return { rss: ratio(({ rssBytes }) => rssBytes), handles: ratio(({ handles }) => handles) };
}

/** A tenth is what garbage that waits for its collector and pools of connections make up; a leak adds that in minutes. */
export function isFlat({ rss, handles }: Growth): boolean {
  return rss <= 1.1 && handles <= 1.1;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
