import type { MemoryResult } from "./memory";
import { renderTable } from "./table";

/** The portal's memory after many requests, as Markdown. */
export function reportMemory({ database, remembered }: MemoryResult): string {
  const first = remembered[0]?.rssBytes ?? Number.NaN;
  const rows = remembered.map(({ requests, rssBytes }) => [
    requests.toLocaleString("en"),
    (rssBytes / 1e6).toFixed(0),
    (rssBytes / first).toFixed(2),
  ]);
  return `# Memory after many requests

Resident memory of the portal's process, five seconds after that many requests for seven pages in turn, over ten
connections, as a user with 24 credentials. Database: ${database}. The aim is at most 1.10 times what it is after the first mark.

${renderTable(["requests", "memory, MB", "of the first"], rows)}
`;
}
