import fc from "fast-check";

/** Any character of Unicode but half surrogates, as fast-check's unit "binary", which takes seconds to prepare its tables. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800));
