import type { Action } from "@/lib/connectors/action";
import { actionCatalogueOf } from "@/lib/connectors/action-catalogues";
import { writesOf } from "@/lib/connectors/action-requests";
import type { Call } from "@/lib/connectors/action-sender";
import { senderOf } from "@/lib/connectors/action-senders";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { type MappableRecord, type Mapped, mapRecord } from "@/lib/mapping/map-record";
import type { WritingSettings } from "@/lib/mapping/types";

/** What a mapping makes of records on one server. */
export type Mapper = {
  readonly map: (record: MappableRecord) => Mapped;
  /** The calls that would change something, if nothing stands there yet. */
  readonly callsOf: (mapped: Extract<Mapped, { ok: true }>) => readonly Call[];
};

// In place of the marks that a saved destination makes from its own id.
const marker = "0".repeat(16);

/** Prepares a mapping; `account` is that of the credential, if known. */
export function mapperOf(
  kind: ConnectorKind,
  action: Action,
  writing: WritingSettings,
  server: { readonly serverVersion: string | null; readonly account: string | null },
): Mapper {
  const catalogue = actionCatalogueOf(kind);
  const context = { action: action.id, ...server };
  return {
    map: (record) => mapRecord(catalogue, action, writing, record),
    callsOf: ({ values }) => writesOf(senderOf(kind), context, [{ marker, values, past: { kind: "new" } }]),
  };
}
