/** A text file of rows: what stands before, for and after them. */
export type RowText<Row> = {
  readonly head?: string;
  readonly lineOf: (row: Row, number: number) => string;
  readonly foot?: (count: number) => string;
};

// Larger strings and buffers live until a full garbage collection, so that memory would grow by many of them.
const pieceLength = 32_768;

/** The bytes of a text file of rows, in small pieces. */
export async function* encoded<Row>(
  pages: AsyncIterable<readonly Row[]>,
  { head = "", lineOf, foot }: RowText<Row>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let count = 0;
  let piece = head;
  for await (const page of pages) {
    for (const row of page) {
      piece += lineOf(row, count);
      count += 1;
      if (piece.length >= pieceLength) {
        yield encoder.encode(piece);
        piece = "";
      }
    }
  }
  yield encoder.encode(piece + (foot?.(count) ?? ""));
}
