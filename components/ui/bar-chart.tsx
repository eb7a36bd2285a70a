import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type Bar = {
  readonly id: string;
  readonly value: number;
  /** Shown on hover: when, and the value in words. */
  readonly label: string;
  /** True for a bar that counts only in part, such as a run that failed. */
  readonly isPale?: boolean;
};

type Props = {
  title: string;
  /** In time order, the newest last. */
  bars: readonly Bar[];
  /** How many bars have room: few bars stand at the right edge, as wide as many. */
  room: number;
  /** A value in words. */
  words: (value: number) => string;
  /** The same values as a table. */
  children: ReactNode;
};

const height = 72;
const slot = 10;

/** A small bar chart made on the server, with its values in a table below that opens on demand. */
export function BarChart({ title, bars, room, words, children }: Props) {
  const largest = Math.max(0, ...bars.map(({ value }) => value));
  const newest = bars.at(-1);
  const shown = bars.slice(-room);
  const empty = room - shown.length;
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium">{title}</span>
        <span className="text-muted">at most {words(largest)}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={`${title}: at most ${words(largest)}${newest ? `, last ${words(newest.value)}` : ""}`}
        viewBox={`0 0 ${room * slot} ${height}`}
        preserveAspectRatio="none"
        className="h-18 w-full border-b border-line-strong/50"
      >
        {shown.map(({ id, value, label, isPale }, index) => {
          const tall = largest === 0 ? 0 : Math.max(value > 0 ? 1.5 : 0, (value / largest) * height);
          return (
            <g key={id}>
              <title>{label}</title>
              {/* The whole height answers to the pointer, not only a low bar. */}
              <rect x={(empty + index) * slot} y={0} width={slot} height={height} fill="transparent" />
              <rect
                x={(empty + index) * slot + 1.5}
                y={height - tall}
                width={slot - 3}
                height={tall}
                className={classNames(
                  "forced-colors:fill-[CanvasText]",
                  isPale ? "fill-line-strong/60" : "fill-accent",
                )}
              />
            </g>
          );
        })}
      </svg>
      {children}
    </figure>
  );
}
