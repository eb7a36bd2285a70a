import { growthOf, isFlat } from "./memory-of";
import type { SoakResult } from "./soak";
import { spreadOf } from "./statistics";
import { renderTable } from "./table";

const megabyte = 1024 * 1024;

/** A soak's memory and handles as Markdown: by thirds, with the growth from the middle third to the last. */
export function reportSoak({ database, minutes, requests, samples }: SoakResult): string {
  const third = Math.floor(samples.length / 3);
  const parts = [samples.slice(0, third), samples.slice(third, 2 * third), samples.slice(-third)];
  const cell = (values: readonly number[]) => {
    const { median, least, most } = spreadOf(values);
    return `${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`;
  };
  const growth = growthOf(samples);
  const rows = [
    ["resident memory, MB", ...parts.map((part) => cell(part.map(({ rssBytes }) => rssBytes / megabyte)))],
    ["open handles", ...parts.map((part) => cell(part.map(({ handles }) => handles)))],
  ];
  return `# What the portal holds while it is used for ${minutes} minutes

${requests} requests of 4 people: pages, changes and refused forms. Database: ${database}. ${samples.length} samples, ten seconds apart: median
(least to most) of each third of the time.

${renderTable(["", "first third", "middle third", "last third"], rows)}

From the middle to the last third, memory is ${growth.rss.toFixed(2)} times and handles are ${growth.handles.toFixed(2)} times what they were. At most
1.10 is demanded of each, which is ${isFlat(growth) ? "met" : "NOT met"}.
`;
}
