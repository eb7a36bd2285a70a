import "server-only";
import { eq, sql } from "drizzle-orm";
import { datasets, endpoints, runs, uploads } from "@/drizzle/schema";
import type { Action, ActionCatalogue } from "@/lib/connectors/action";
import type { ActionSender, ItemResult, SendContext } from "@/lib/connectors/action-sender";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { Column } from "@/lib/connectors/streams";
import { streamOf } from "@/lib/datasets/columns";
import { seesSource } from "@/lib/datasets/visible";
import type { Db } from "@/lib/db/types";
import { canonicalJson } from "@/lib/mapping/hash";
import { problemsOfWriting } from "@/lib/mapping/problems";
import type { WritingSettings } from "@/lib/mapping/types";
import { type ClaimedRun, isHeld } from "@/lib/runs/engine/claim";
import type { RunEnd } from "@/lib/runs/engine/end-run";
import { failedAs } from "@/lib/runs/engine/fence";
import { type OpenedRun, openRun, type Preparation } from "@/lib/runs/engine/open-run";
import { ledgerScopeOf } from "../ledger";
import type { Writing } from "./writing";

/** Where the records come from. */
export type DeliveryInput = { readonly kind: "source" | "upload"; readonly id: string };

/** A destination's run that can go on, and what it needs. Holds the secret. */
export type PreparedDelivery = OpenedRun & {
  readonly isDry: boolean;
  readonly settings: WritingSettings;
  readonly input: DeliveryInput;
  readonly action: Action;
  readonly catalogue: ActionCatalogue;
  readonly sender: ActionSender;
  readonly context: SendContext;
  readonly openDestination: Writing["openDestination"];
  /** Names the ledger that counts. */
  readonly scope: string;
  /** In a dry run, what was found out about places in this slice; null where nothing stands in the way. */
  readonly proven: Map<string, ItemResult | null>;
  /** When the server last answered anything in this slice. */
  readonly answered: { at: number };
};

/** Opens the owner's sign-in of a destination's claimed run, and checks what it is to write. Sends nothing. */
export async function prepareDelivery(
  db: Db,
  run: ClaimedRun,
  writing: Writing,
): Promise<Preparation<PreparedDelivery>> {
  const preparation = await openRun(db, run, (endpoint) => chosenOf(endpoint, run, writing));
  if (preparation.kind !== "ready") return preparation;
  const { opened, chosen } = preparation.prepared;
  const { settings, input, action, catalogue, kind } = chosen;
  const { stored } = opened.ready;
  const ends = (end: RunEnd) => ({ kind: "ends", end, owner: opened.owner }) as const;
  const columns = await columnsOf(db, opened, input);
  if (columns === null) return ends(failedAs("input-lost"));
  if (problemsOfWriting(catalogue, action, columns, settings, input.kind === "source").length > 0) {
    return ends(failedAs("mapping-broken"));
  }
  const baseUrl = stored.target.baseUrl.href;
  const scope = ledgerScopeOf([baseUrl, settings.action, canonicalJson(settings.matchKey)]);
  const print = ledgerScopeOf([canonicalJson(settings), input.kind, input.id, baseUrl]);
  // Records that were taken hold the values of what was chosen then.
  if (run.facts.settings !== undefined && run.facts.settings !== print) {
    return ends(failedAs("settings-changed"));
  }
  const [current] = await db
    .update(runs)
    .set({ facts: sql`${runs.facts} || ${JSON.stringify({ settings: print, scope })}::jsonb` })
    .where(isHeld(run))
    .returning();
  if (!current) return { kind: "lost" };
  return {
    kind: "ready",
    prepared: {
      ...{
        ...opened,
        run: current,
        isDry: run.kind === "dry-run",
        settings,
        input,
        action,
        catalogue,
        scope,
      },
      sender: writing.senderOf(kind),
      context: { action: action.id, serverVersion: stored.serverVersion, account: stored.accountName },
      openDestination: writing.openDestination,
      proven: new Map(),
      answered: { at: 0 },
    },
  };
}

type Chosen = {
  readonly settings: WritingSettings;
  readonly input: DeliveryInput;
  readonly action: Action;
  readonly catalogue: ActionCatalogue;
  readonly kind: ConnectorKind;
};

type Endpoint = Pick<
  typeof endpoints.$inferSelect,
  "connector" | "writing" | "inputSourceId" | "inputUploadId"
>;

function chosenOf(endpoint: Endpoint, run: ClaimedRun, writing: Writing): Chosen | RunEnd {
  const { connector: kind, writing: settings, inputSourceId, inputUploadId } = endpoint;
  if (settings === null) return failedAs("nothing-chosen");
  const id = inputSourceId ?? inputUploadId;
  if (id === null) return failedAs("input-deleted");
  const catalogue = writing.catalogueOf(kind);
  const action = catalogue.actions.find((one) => one.id === settings.action);
  if (!action) return failedAs("nothing-chosen");
  if (run.kind === "write" && action.danger !== null && !settings.allows.includes(action.danger)) {
    return failedAs("not-switched-on");
  }
  return {
    kind,
    settings,
    catalogue,
    action,
    input: { kind: inputSourceId === null ? "upload" : "source", id },
  };
}

/** The columns of the records; null if the owner does not see them any more. */
async function columnsOf(
  db: Db,
  { owner }: OpenedRun,
  { kind, id }: DeliveryInput,
): Promise<readonly Column[] | null> {
  if (kind === "upload") {
    const [file] = await db.select({ columns: uploads.columns }).from(uploads).where(eq(uploads.id, id));
    return file?.columns ?? null;
  }
  const [source] = await db
    .select({ connector: endpoints.connector, settings: endpoints.settings })
    .from(endpoints)
    .leftJoin(datasets, eq(datasets.endpointId, endpoints.id))
    .where(sql`${endpoints.id} = ${id} and ${seesSource(owner, id)}`);
  return source ? (streamOf(source.connector, source.settings)?.columns ?? []) : null;
}
