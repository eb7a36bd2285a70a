/** Such numbers may be beyond 2^53. Commit ids stand in quotes. */
const mayBeLong = /[:,[]\s*-?\d{16}/;
const textsAndLongNumbers = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/gs;

/**
 * Parses a page of records; undefined for invalid UTF-8 or JSON. Whole numbers beyond 2^53 become texts: a number would
 * be another one. Depth is limited where values are kept, not here.
 */
export function parsePage(body: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    return JSON.parse(mayBeLong.test(text) ? withLongNumbersAsTexts(text) : text);
  } catch {
    return undefined;
  }
}

function withLongNumbersAsTexts(text: string): string {
  return text.replace(textsAndLongNumbers, (found) =>
    found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
  );
}
