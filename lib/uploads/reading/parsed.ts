import type { JsonObject } from "@/lib/connectors/stream-reader";

/** The bytes of a file, as they arrive. */
export type Chunks = AsyncIterable<Uint8Array>;

/** One record of a file, or what is wrong with it. `line` is where it begins, from 1. */
export type ParsedRow =
  | { readonly line: number; readonly data: JsonObject }
  | { readonly line: number; readonly problem: string };

/** A file that cannot be read on: what is wrong, and where. `line` is null for the whole file. */
export class FileRefusedError extends Error {
  override name = "FileRefusedError";

  constructor(
    readonly line: number | null,
    message: string,
  ) {
    super(message);
  }
}
