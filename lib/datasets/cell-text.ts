import type { ColumnType } from "@/lib/connectors/streams";

/** A value as text for reading, at most `longest` characters; null if there is none. */
export function cellText(value: unknown, type: ColumnType, longest: number): string | null {
  const text = wholeText(value, type);
  if (text === "") return null;
  // By code points, so that no character is cut in half.
  return text.length > longest
    ? `${Array.from(text.slice(0, longest * 2))
        .slice(0, longest)
        .join("")}…`
    : text;
}

function wholeText(value: unknown, type: ColumnType): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return type === "timestamp" ? instantInWords(value) : value;
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value) && type === "text[]") return value.join(", ");
  const json = JSON.stringify(value);
  return json === "{}" || json === "[]" ? "" : json;
}

function instantInWords(text: string): string {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})/.exec(text) ?? [];
  return day && time ? `${day} ${time}` : text;
}
