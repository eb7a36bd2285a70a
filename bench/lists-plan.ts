import type pg from "pg";

/** What EXPLAIN (ANALYZE, BUFFERS) says of one statement, in short. */
export type QueryPlan = {
  readonly what: string;
  readonly reader: string;
  readonly ms: number;
  /** Pages of 8 kB, found in memory or read. */
  readonly pages: number;
  /** The most rows that one step of the plan read, those it dropped included. */
  readonly rows: number;
};

type PlanNode = {
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Join Filter"?: number;
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
  readonly Plans?: readonly PlanNode[];
};

/** Runs a statement once more under EXPLAIN, with the values it had. */
export async function planOf(
  pool: pg.Pool,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): Promise<Omit<QueryPlan, "what" | "reader">> {
  const { rows } = await pool.query<{ "QUERY PLAN": [{ Plan: PlanNode; "Execution Time": number }] }>(
    `explain (analyze, buffers, format json) ${text}`,
    [...values],
  );
  const explained = rows[0]?.["QUERY PLAN"][0];
  if (!explained) throw new Error("EXPLAIN gave no plan");
  const { Plan: plan, "Execution Time": ms } = explained;
  return { ms, pages: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], rows: mostRows(plan) };
}

function mostRows(node: PlanNode): number {
  const dropped = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Join Filter"] ?? 0);
  const own = Math.round((node["Actual Rows"] + dropped) * node["Actual Loops"]);
  return Math.max(own, ...(node.Plans ?? []).map(mostRows));
}
