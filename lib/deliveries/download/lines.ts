import { csvCell, csvRow } from "@/lib/datasets/download/csv";
import type { StoredDelivery } from "@/lib/deliveries/types";

const columns = [
  "number",
  "result",
  "key",
  "record",
  "status",
  "problems",
  "cure",
  "link",
  "tries",
  "time",
  "values",
  "input",
  "requests",
] as const;

/** The first line of a CSV file of deliveries. */
export const csvHead = csvRow(columns);

/** A delivery as a line of CSV: formula-safe, null is empty, and what has no fixed columns is JSON. */
export function csvLine(row: StoredDelivery): string {
  const problems = row.problems.map(({ field, message }) =>
    field === null ? message : `${field}: ${message}`,
  );
  const values: Readonly<Record<(typeof columns)[number], string | number | null>> = {
    number: row.number,
    result: row.state,
    key: row.key,
    record: row.record,
    status: row.status,
    problems: problems.join("\n"),
    cure: row.cure,
    link: row.url,
    tries: row.tries,
    time: row.at?.toISOString() ?? null,
    values: row.values,
    input: row.input,
    requests: row.requests,
  };
  return csvRow(
    columns.map((name) => {
      const value = values[name];
      return value === null ? "" : csvCell(String(value), typeof value !== "number");
    }),
  );
}

/** A delivery as one line of JSON. What was stored as JSON stays exactly that text, so that the same is the same bytes. */
export function jsonLine(row: StoredDelivery): string {
  const { number, state, key, record, status, problems, cure, tries, at } = row;
  const own = { number, result: state, key, record, status, problems, cure, tries };
  const start = JSON.stringify({ ...own, time: at?.toISOString() ?? null }).slice(0, -1);
  const { values, input, requests, answer } = row;
  return `${start}, "values": ${values}, "input": ${input}, "requests": ${requests}, "answer": ${answer ?? "null"}}\n`;
}
