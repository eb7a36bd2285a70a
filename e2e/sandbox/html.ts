/** Text that is already markup; only `html` makes it. */
export class Markup {
  constructor(readonly source: string) {}
}

type Part = string | number | Markup | readonly Markup[];

/** Builds markup and escapes every inserted value, unless `html` made the value. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const source = literals.reduce((made, literal, index) => {
    const part = parts[index - 1];
    return made + (part === undefined ? "" : toSource(part)) + literal;
  });
  return new Markup(source);
}

function toSource(part: Part): string {
  if (part instanceof Markup) return part.source;
  if (typeof part === "string" || typeof part === "number") return escapeText(String(part));
  return part.map((one) => one.source).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
