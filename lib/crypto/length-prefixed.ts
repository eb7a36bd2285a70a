const LENGTH_BYTES = 4;

/**
 * Encodes texts so that two different lists never give the same bytes: each as a 4-byte big-endian length and its
 * UTF-8. Plain joining would let `("ab", "c")` pass for `("a", "bc")` wherever the bytes are authenticated.
 */
export function lengthPrefixed(parts: readonly string[]): Buffer {
  const bytes = Buffer.alloc(
    parts.reduce((total, part) => total + LENGTH_BYTES + Buffer.byteLength(part), 0),
  );
  let at = 0;
  for (const part of parts) {
    const length = bytes.write(part, at + LENGTH_BYTES, "utf8");
    bytes.writeUInt32BE(length, at);
    at += LENGTH_BYTES + length;
  }
  return bytes;
}
