/** The text fields of a multipart/form-data body; null if it is none. */
export function multipartFields(contentType: string, body: string): ReadonlyMap<string, string> | null {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined || !/^multipart\/form-data\b/i.test(contentType)) return null;
  const parts = `\r\n${body}`.split(`\r\n--${boundary}`);
  if (parts.at(-1)?.startsWith("--") !== true) return null;
  const fields = new Map<string, string>();
  for (const part of parts.slice(1, -1)) {
    const end = part.indexOf("\r\n\r\n");
    const [, name] = /content-disposition:[^\r\n]*\bname="([^"]*)"/i.exec(part.slice(0, end)) ?? [];
    if (end < 0 || name === undefined) return null;
    fields.set(name, part.slice(end + 4));
  }
  return fields;
}
