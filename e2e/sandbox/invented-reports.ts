import { pathsOf } from "./file-changes";
import type { Content } from "./world/content";
import type { Annotation, Report } from "./world/insights";
import { byteOf, pick } from "./world/invented";
import type { Commit } from "./world/model";

const reports = [
  { key: "coverage", title: "Coverage", reporter: "Nightly build" },
  { key: "lint", title: "Style", reporter: "Nightly build" },
] as const;

/** Half of the commits have a report, some have both: invented, then what was written, newest last. */
export function reportsOf(content: Content, commit: Commit): Report[] {
  const invented = reports.slice(0, [0, 1, 2, 0][byteOf(commit.id, 4) % 4]).map(
    (report, place): Report => ({
      data: [{ title: "Lines covered", type: "PERCENTAGE", value: byteOf(commit.id, 5) % 101 }],
      createdAt: commit.at + (place + 1) * 60_000,
      details: `${report.title} of ${commit.id.slice(0, 11)}`,
      key: report.key,
      link: `https://ci.fernwood.example/reports/${commit.id}/${report.key}`,
      result: byteOf(commit.id, 6) % 3 === 0 ? "FAIL" : "PASS",
      title: report.title,
      reporter: report.reporter,
      creator: null,
      annotations: annotationsOf(content, commit, report.key, place),
    }),
  );
  const { insights } = content;
  return [...invented.filter(({ key }) => !insights.hides(commit.id, key)), ...insights.of(commit.id)];
}

function annotationsOf(content: Content, commit: Commit, key: string, place: number): Annotation[] {
  return Array.from({ length: byteOf(commit.id, 7) % 4 }, (_, at) => ({
    ...(at === 2 ? {} : { externalId: `${key}-${at + 1}` }),
    path: pick(pathsOf(content, commit), at),
    line: 1 + at * 7,
    message: pick(["This line is never run.", "The name says nothing.", "A branch has no test."], at + place),
    severity: pick(["LOW", "MEDIUM", "HIGH"], at),
    type: pick(["CODE_SMELL", "BUG", "VULNERABILITY"], at),
  }));
}
