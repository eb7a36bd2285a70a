/** JSON in which no character changes the direction of writing: within JSON, the escapes mean the same. */
export function visibleJson(json: string): string {
  return json.replaceAll(
    /[\p{Bidi_Control}\u2028\u2029]/gu,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
