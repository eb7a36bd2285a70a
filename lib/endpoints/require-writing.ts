import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { activeRunStates, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { actionCatalogueOf, findAction } from "@/lib/connectors/action-catalogues";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { problemsOfWriting } from "@/lib/mapping/problems";
import type { WritingSettings } from "@/lib/mapping/types";
import { invalidChoice, requireInput, storedInput } from "./inputs";
import type { InputRef } from "./writing-address";

type Written = {
  readonly connector: ConnectorKind;
  readonly writing: WritingSettings;
  readonly input: InputRef;
};

/**
 * Verifies that these users may use the records, and that the mapping fits them. INVALID_INPUT at the field `choice`
 * with the first problem.
 */
export async function requireWriting(
  tx: Tx,
  userIds: readonly string[],
  { connector, writing, input }: Written,
): Promise<void> {
  const columns = await requireInput(tx, userIds, input);
  const action = findAction(connector, writing.action);
  if (!action) throw invalidChoice("Choose what to write. Go back to the step Data.");
  const hasRecordKeys = input.kind === "source";
  const [problem] = problemsOfWriting(actionCatalogueOf(connector), action, columns, writing, hasRecordKeys);
  if (problem) throw invalidChoice(`${problem.message} Go back to the step Data.`);
}

type Changed = {
  readonly connector: ConnectorKind;
  readonly ownerId: string;
  readonly writing: WritingSettings | null;
  readonly inputSourceId: string | null;
  readonly inputUploadId: string | null;
};

/** The same for a change of what a destination writes. CONFLICT during a run. */
export async function requireChangeable(
  tx: Tx,
  actor: Actor,
  endpointId: string,
  after: Changed,
): Promise<void> {
  const isActive = and(eq(runs.endpointId, endpointId), inArray(runs.state, [...activeRunStates]));
  if ((await tx.$count(runs, isActive)) > 0) {
    throw new AppError({
      code: "CONFLICT",
      message:
        "A run of this destination is under way, so what it writes cannot change now. Cancel the run or wait for its end.",
    });
  }
  const input = storedInput(after);
  if (!input || !after.writing) throw invalidChoice("Choose where the records come from.");
  const { connector, writing, ownerId } = after;
  await requireWriting(tx, [...new Set([actor.userId, ownerId])], { connector, writing, input });
}
