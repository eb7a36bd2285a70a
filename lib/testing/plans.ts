import { type SQL, sql } from "drizzle-orm";
import pg from "pg";
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

/**
 * The most rows that one step of a statement read, by EXPLAIN ANALYZE: with the plan for its values, or with the one for
 * all values, of which PostgreSQL may keep either for a named statement.
 */
export async function rowsReadBy(db: Db, statement: LoggedStatement): Promise<number> {
  const own = await rowsOf(db, sql`explain (analyze, format json) ${withValues(statement)}`);
  const kept = await db.transaction(async (tx) => {
    await tx.execute(sql`set local plan_cache_mode = force_generic_plan`);
    await tx.execute(sql.raw(`prepare explained as ${statement.text}`));
    const values = statement.values.length > 0 ? `(${statement.values.map(literalOf).join(", ")})` : "";
    const rows = await rowsOf(tx, sql.raw(`explain (analyze, format json) execute explained${values}`));
    await tx.execute(sql`deallocate explained`);
    return rows;
  });
  return Math.max(...[own, kept].map(mostRows));
}

function mostRows([row]: readonly Record<string, unknown>[]): number {
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

// EXECUTE takes no parameters.
function literalOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
}

function withValues({ text, values }: LoggedStatement): SQL {
  const parts = text.split(/\$(\d+)/);
  return sql.join(parts.map((part, at) => (at % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1]}`)));
}
