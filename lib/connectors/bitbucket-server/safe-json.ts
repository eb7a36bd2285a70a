/** Bitbucket's own answers nest about ten levels deep; more than this is made to exhaust whoever walks through it. */
const deepest = 40;

/**
 * Parses UTF-8 JSON, or returns undefined: for bytes that are not UTF-8, for text that is not JSON, and for nesting
 * beyond 40 levels, which is noticed before anything is built. The size is bounded by whoever read the bytes.
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
