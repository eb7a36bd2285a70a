/**
 * Text with columns in it. `{{name}}` stands for the column's value; blanks around the name do not count. Braces that
 * hold no name, or are not closed, are plain text. Before `{{`, a backslash makes it plain text, and two backslashes are
 * one. Inside the braces a backslash takes the next character as it is: `{{a\}}}` is the column `a}`.
 */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "column"; readonly column: string };

/** The parts of a text in their order; neighbouring texts are one part. */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{{", at);
    if (open === -1) break;
    const slashes = backslashesBefore(text, open, at);
    const before = text.slice(at, open - slashes) + "\\".repeat(slashes >> 1);
    const found = slashes % 2 === 0 ? readName(text, open + 2) : null;
    if (found) {
      if (plain + before !== "") parts.push({ kind: "text", text: plain + before });
      parts.push({ kind: "column", column: found.name });
      plain = "";
      at = found.end;
    } else if (slashes % 2 === 1) {
      plain += `${before}{{`;
      at = open + 2;
    } else {
      plain += `${text.slice(at, open)}{`;
      at = open + 1;
    }
  }
  plain += text.slice(at);
  if (plain !== "") parts.push({ kind: "text", text: plain });
  return parts;
}

/** The columns of a text, each once, in their order. */
export function columnsOfTemplate(text: string): readonly string[] {
  return [...new Set(parseTemplate(text).flatMap((part) => (part.kind === "column" ? [part.column] : [])))];
}

/** A column as it is written in a text. */
export function columnInTemplate(column: string): string {
  return `{{${column.replace(/[\\{}]|^\s|\s$/gu, "\\$&")}}}`;
}

function backslashesBefore(text: string, at: number, from: number): number {
  let count = 0;
  while (at - count > from && text[at - count - 1] === "\\") count += 1;
  return count;
}

/** The name that begins there, and where the text goes on after its braces; null if it is no name. */
function readName(text: string, from: number): { readonly name: string; readonly end: number } | null {
  // Of three braces the last two open.
  if (text[from] === "{") return null;
  let name = "";
  // How much of the name must not be trimmed, because its end was escaped.
  let kept = 0;
  let at = from;
  while (at < text.length) {
    if (text.startsWith("}}", at)) {
      const trimmed = name.slice(0, kept) + name.slice(kept).trimEnd();
      return trimmed === "" ? null : { name: trimmed, end: at + 2 };
    }
    if (text.startsWith("{{", at)) return null;
    if (text[at] === "\\" && at + 1 < text.length) {
      name += text[at + 1];
      kept = name.length;
      at += 2;
    } else {
      if (name !== "" || text[at]?.trim() !== "") name += text[at];
      at += 1;
    }
  }
  return null;
}
