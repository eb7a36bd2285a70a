import { type Answer, json } from "./answer";
import type { Call } from "./call";
import { param } from "./call";
import { forCommit } from "./commit-endpoints";
import { noSuchReport } from "./errors";
import { reportsOf } from "./invented-reports";
import { pageFor } from "./paging";
import type { Annotation, Report } from "./world/insights";

/** A report as JSON. */
export function reportView({ createdAt, creator: _, annotations: __, ...report }: Report) {
  return {
    data: report.data,
    createdDate: createdAt,
    details: report.details,
    key: report.key,
    link: report.link,
    result: report.result,
    title: report.title,
    reporter: report.reporter,
    logoUrl: report.logoUrl,
  };
}

function annotationView(reportKey: string, { externalId, ...annotation }: Annotation) {
  return { reportKey, ...(externalId === undefined ? {} : { externalId }), ...annotation };
}

/** GET /rest/insights/…/commits/{sha}/reports. */
export function listReports(call: Call): Answer {
  return forCommit(call, (_repository, content, commit) =>
    pageFor(call, { rows: reportsOf(content, commit), view: reportView }),
  );
}

/** GET …/reports/{key}. */
export function getReport(call: Call): Answer {
  return forReport(call, (report) => json(200, reportView(report)));
}

/** GET …/commits/{sha}/annotations: an object without pages. */
export function listAnnotations(call: Call): Answer {
  return forCommit(call, (_repository, content, commit) => {
    const { query } = call;
    const isWanted = (name: string, value: string | undefined) =>
      !query.has(name) || query.get(name) === value;
    const annotations = reportsOf(content, commit)
      .flatMap((report) => report.annotations.map((one) => annotationView(report.key, one)))
      .filter(
        (one) =>
          isWanted("severity", one.severity) &&
          isWanted("type", one.type) &&
          isWanted("path", one.path) &&
          isWanted("key", one.reportKey) &&
          isWanted("externalId", one.externalId),
      );
    return json(200, { totalCount: annotations.length, annotations });
  });
}

/** GET …/reports/{key}/annotations. */
export function listAnnotationsOfReport(call: Call): Answer {
  return forReport(call, ({ key, annotations }) =>
    json(200, {
      totalCount: annotations.length,
      annotations: annotations.map((one) => annotationView(key, one)),
    }),
  );
}

function forReport(call: Call, answer: (report: Report) => Answer): Answer {
  return forCommit(call, (_repository, content, commit) => {
    const key = param(call, "report");
    const found = reportsOf(content, commit).find((one) => one.key === key);
    return found ? answer(found) : noSuchReport(key);
  });
}
