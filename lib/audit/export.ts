import { plainText } from "./sentences";
import type { EventItem } from "./types";

/** The export formats of the log. */
export type ExportFormat = "csv" | "ndjson";

/** Names that need no quotes in SQL: lower case, and reserved by no database that exports are loaded into. */
export const exportColumns = [
  "sequence",
  "occurred_at",
  "event",
  "result",
  "person",
  "person_id",
  "thing",
  "thing_id",
  "credential_id",
  "sentence",
  "details",
  "via",
  "address",
  "session_id",
  "request_id",
] as const;

/** The first line of an export; NDJSON has none. */
export function headOf(format: ExportFormat): string {
  return format === "csv" ? `${exportColumns.join()}\r\n` : "";
}

/** One event as a line (RFC 4180 for CSV, one JSON object for NDJSON), safe for any program that opens it. */
export function lineOf(format: ExportFormat, item: EventItem): string {
  return format === "csv" ? csvLine(item) : jsonLine(item);
}

function csvLine(item: EventItem): string {
  const details = item.details.map(({ label, text }) => `${label}: ${text}`).join("; ");
  const cells = [
    item.sequence,
    item.at,
    item.event,
    item.result,
    item.person?.name,
    item.person?.id,
    item.thing?.name,
    item.thing?.id,
    item.credentialId,
    plainText(item.sentence),
    details,
    item.via,
    item.address,
    item.sessionId,
    item.requestId,
  ];
  return `${cells.map((cell) => csvCell(cell === null || cell === undefined ? "" : String(cell))).join()}\r\n`;
}

// Spreadsheets take a cell that begins with one of these, or its full-width form, for a formula; the apostrophe makes
// it text. In countries where they split at semicolons, a cell also begins after each semicolon.
const formula = /(^|;)(?=["'\s]*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20])/g;

function csvCell(text: string): string {
  const safe = visible(text.replaceAll(formula, "$1'"));
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function jsonLine(item: EventItem): string {
  const { at, credentialId, sessionId, requestId, sentence, ...same } = item;
  const line = {
    ...same,
    occurred_at: at,
    credential_id: credentialId,
    sentence: plainText(sentence),
    session_id: sessionId,
    request_id: requestId,
  };
  // Inside JSON, these escapes mean the same characters.
  return `${visible(JSON.stringify(line))}\n`;
}

/** Escapes characters that move the cursor, colour a terminal or change the direction of writing. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (found) => {
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
