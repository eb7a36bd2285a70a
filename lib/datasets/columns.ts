import type { ConnectorKind } from "@/lib/connectors/kinds";
import { findStream } from "@/lib/connectors/stream-catalogues";
import type { Column, ColumnType, SourceSettings, Stream } from "@/lib/connectors/streams";

/** The stream that a source reads; null for a source from before there was a choice. */
export function streamOf(connector: ConnectorKind, settings: SourceSettings | null): Stream | null {
  return settings === null ? null : findStream(connector, settings.stream);
}

/** The columns that each download has before the stream's own. */
export const ownColumns: readonly Column[] = [
  { name: "_key", type: "text" },
  { name: "_seq", type: "int" },
  { name: "_deleted_at", type: "timestamp" },
];

/** The types as the Columns tab names them. */
export const typeLabels: Readonly<Record<ColumnType, string>> = {
  int: "Whole number",
  text: "Text",
  bool: "Yes or no",
  timestamp: "Date and time (UTC)",
  json: "JSON",
  "text[]": "List of texts",
};
