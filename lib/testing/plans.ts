import { type SQL, sql } from "drizzle-orm";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";

/** A statement as a logger gets it. */
export type LoggedStatement = { readonly text: string; readonly values: readonly unknown[] };

type Step = {
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Step[];
};

/** The most rows that one step of a statement read, by EXPLAIN ANALYZE. */
export async function rowsReadBy(db: Db, statement: LoggedStatement): Promise<number> {
  const [row] = await rowsOf(db, sql`explain (analyze, format json) ${withValues(statement)}`);
  const plans = row?.["QUERY PLAN"];
  // EXPLAIN answers in this form; a driver may leave it as text.
  const [{ Plan: plan }] = (typeof plans === "string" ? JSON.parse(plans) : plans) as [{ Plan: Step }];
  return Math.max(...stepsOf(plan).map(rowsIn));
}

function stepsOf(step: Step): Step[] {
  return [step, ...(step.Plans ?? []).flatMap(stepsOf)];
}

function rowsIn(step: Step): number {
  return (step["Actual Rows"] + (step["Rows Removed by Filter"] ?? 0)) * step["Actual Loops"];
}

function withValues({ text, values }: LoggedStatement): SQL {
  const parts = text.split(/\$(\d+)/);
  return sql.join(parts.map((part, at) => (at % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}`)));
}
