import type { UploadNotes, UploadRefusal, uploadFormats } from "@/drizzle/schema";
import type { Column } from "@/lib/connectors/streams";

export type UploadFormat = (typeof uploadFormats)[number];

/** A file that was taken whole. */
export type Upload = {
  readonly id: string;
  readonly name: string;
  readonly format: UploadFormat;
  readonly bytes: number;
  readonly records: number;
  /** In the file's order. */
  readonly columns: readonly Column[];
  readonly notes: UploadNotes;
  readonly createdAt: Date;
};

/** A file that was not taken, and why. */
export type RefusedUpload = UploadRefusal & { readonly name: string };

export type { UploadNotes, UploadRefusal };
