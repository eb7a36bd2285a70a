import { readdirSync, readFileSync } from "node:fs";

const pageBytes = 4096;

/** A process's resident memory in bytes, and its open handles (files, sockets, pipes), at one moment. */
export type Held = { readonly rssBytes: number; readonly handles: number };

/** Reads both from Linux's /proc; throws on other systems. */
export function memoryOf(pid: number): Held {
  const [, residentPages] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ").map(Number);
  return {
    rssBytes: (residentPages ?? Number.NaN) * pageBytes,
    handles: readdirSync(`/proc/${pid}/fd`).length,
  };
}

/** The growth from the middle third of a soak to its last third; during the first third caches fill. */
export type Growth = { readonly rss: number; readonly handles: number };

/** Growth as ratios of medians: 1 is flat. Needs at least three samples, oldest first. */
export function growthOf(samples: readonly Held[]): Growth {
  const third = Math.floor(samples.length / 3);
  if (third === 0) throw new Error("three samples are the fewest that tell of growth");
  const middle = samples.slice(third, 2 * third);
  const last = samples.slice(-third);
  const ratio = (of: (held: Held) => number) => median(last.map(of)) / median(middle.map(of));
  return { rss: ratio(({ rssBytes }) => rssBytes), handles: ratio(({ handles }) => handles) };
}

/** Uncollected garbage and connection pools account for a tenth; a leak adds that within minutes. */
export function isFlat({ rss, handles }: Growth): boolean {
  return rss <= 1.1 && handles <= 1.1;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
