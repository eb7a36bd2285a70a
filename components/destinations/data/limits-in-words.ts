import type { ActionField } from "@/lib/connectors/action";
import { grouped } from "@/lib/text/count-of";

/** What the server limits of a field, such as "A whole number, at least 1" or "3 to 50 characters"; null for nothing. */
export function limitsInWords(field: ActionField): string | null {
  const { type, choices, isShortened } = field;
  if (type === "choice") return choices && choices.length <= 8 ? `One of ${choices.join(", ")}` : null;
  if (type === "bool") return "true or false";
  if (type === "json") return "JSON";
  if (type === "list") return "Several values, with commas between them";
  if (type === "timestamp") return "A time such as 2026-01-31T12:00:00Z, or milliseconds since 1970";
  if (type === "int") {
    const range = rangeInWords(field.least, field.most);
    return range ? `A whole number, ${range}` : "A whole number";
  }
  const length = rangeInWords(field.shortest, field.longest);
  if (!length) return null;
  return `${capital(length)} characters${isShortened ? "; a longer one is shortened, with a hash at its end" : ""}`;
}

function rangeInWords(least: number | null, most: number | null): string | null {
  if (least !== null && most !== null) return `${grouped(least)} to ${grouped(most)}`;
  if (most !== null) return `at most ${grouped(most)}`;
  return least === null ? null : `at least ${grouped(least)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
