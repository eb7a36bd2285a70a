import type { Holdings } from "@/lib/runs/holdings";
import { countOf, grouped } from "@/lib/text/count-of";

/** What goes with a source, such as "1,200 records (20 of them deleted on the server) and 3 runs"; null for nothing. */
export function holdingsInWords({ records, deleted, runs }: Holdings): string | null {
  const all = records + deleted;
  const parts = [
    all > 0 &&
      `${countOf(all, "record")}${deleted > 0 ? ` (${grouped(deleted)} of them deleted on the server)` : ""}`,
    runs > 0 && countOf(runs, "run"),
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : parts.join(" and ");
}
