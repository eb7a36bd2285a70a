import fc from "fast-check";

/** Any Unicode character except half surrogates, like fast-check's unit "binary", which takes seconds to prepare its tables. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800));

const encoded = fc.string({ unit: anyCharacter, maxLength: 8 }).map(encodeURIComponent);

/** A path of percent-encoded segments, some of them empty; begins with a slash. */
export const anyWebPath = fc
  .array(encoded, { minLength: 1, maxLength: 5 })
  .map((parts) => `/${parts.join("/")}`);

/** An http or https URL with a host, and often a path and a query. */
export const anyWebUrl = fc
  .tuple(fc.constantFrom("http", "https"), fc.domain(), fc.option(anyWebPath), fc.option(encoded))
  .map(
    ([scheme, host, path, query]) => `${scheme}://${host}${path ?? ""}${query === null ? "" : `?${query}`}`,
  );
