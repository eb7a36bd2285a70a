/** About as many as the portal has, and few enough for the server to keep on each connection. */
const mostNamed = 200;
/** Longer ones write out values that hardly come again. */
const longestNamed = 20_000;

type Statement = { readonly text: string; readonly name?: string };

/**
 * Gives statements that come again a name, so that each connection parses them once and the server may keep their plan:
 * to plan a list takes longer than to answer it. A text has its name from the second time on. Statements without values,
 * and those beyond the first 200 texts, stay without.
 */
export class StatementNames {
  // Null for a text that has come once.
  readonly #names = new Map<string, string | null>();
  #named = 0;

  /** The arguments of a query, with a name for its statement. */
  named(given: readonly unknown[]): readonly unknown[] {
    const [statement, values, ...rest] = given;
    if (!isStatement(statement) || !Array.isArray(values) || values.length === 0) return given;
    const name = this.#nameOf(statement.text);
    return name === null ? given : [{ ...statement, name }, values, ...rest];
  }

  #nameOf(text: string): string | null {
    const known = this.#names.get(text);
    if (known) return known;
    if (known === undefined) {
      if (this.#names.size < mostNamed && text.length <= longestNamed) this.#names.set(text, null);
      return null;
    }
    this.#named += 1;
    const name = `latchkey_${this.#named}`;
    this.#names.set(text, name);
    return name;
  }
}

function isStatement(given: unknown): given is Statement {
  if (typeof given !== "object" || given === null || ("name" in given && given.name)) return false;
  return "text" in given && typeof given.text === "string";
}
