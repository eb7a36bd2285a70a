/** Bitbucket's own answers nest about ten levels deep; deeper nesting is an attempt to exhaust the stack. */
const deepest = 40;

/**
 * Parses UTF-8 JSON; undefined for invalid UTF-8, invalid JSON and nesting beyond 40 levels, which is detected before
 * parsing. The caller has already limited the size.
 */
export function parseJson(body: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    return isShallow(text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "[" || character === "{") {
      depth += 1;
      if (depth > deepest) return false;
    } else if (character === "]" || character === "}") depth -= 1;
  }
  return true;
}
