import type { Values } from "@/lib/connectors/action";
import type { Call } from "@/lib/connectors/action-sender";
import { picked, upsert } from "./look-then-write";
import { commitPage, given, placePath, put, segment } from "./paths";

/** The path of a Code Insights report of the values' commit. */
export function reportPath(values: Values, key: Values[string] | undefined): string {
  const commit = segment(values.commit).toLowerCase();
  return `/rest/insights/1.0${placePath(values)}/commits/${commit}/reports/${segment(key)}`;
}

function reportCall({ values }: { readonly values: Values }): Call {
  const { title, data, details, result, reporter, link, logoUrl, coverageProviderKey } = values;
  const body = { title, data: data ?? [], details, result, reporter, link, logoUrl, coverageProviderKey };
  return put(reportPath(values, values.key), given(body));
}

/** The server keeps one report per commit and key. */
export const codeInsightsReportSender = upsert({
  write: reportCall,
  keep: ({ values }, body) =>
    given({
      ...picked(values, ["key"]),
      ...picked(body, ["key", "result"]),
      page: commitPage(values),
    }),
});
