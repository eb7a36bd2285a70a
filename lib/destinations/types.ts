import type { Action, Problem } from "@/lib/connectors/action";
import type { Call } from "@/lib/connectors/action-sender";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { Column } from "@/lib/connectors/streams";
import type { InputRef, WritingChoice } from "@/lib/endpoints/writing-address";
import type { RefusedUpload, UploadNotes } from "@/lib/uploads/types";

/** A data set to choose. */
export type DataSetChoice = {
  readonly id: string;
  readonly name: string;
  /** The label of what it reads; null for a source from before there was a choice. */
  readonly stream: string | null;
  readonly records: number;
  readonly columns: number;
};

/** What a search for data sets found: the first ones by name. */
export type DataSetChoices = {
  readonly query: string;
  readonly items: readonly DataSetChoice[];
  readonly hasMore: boolean;
};

/** Where the records come from. Columns carry a value of the first record that has one. */
export type ShownInput = {
  readonly ref: InputRef & { readonly isStored?: boolean };
  readonly name: string;
  readonly records: number;
  readonly columns: readonly (Column & { readonly sample: string })[];
  /** The label of what a source reads; null for a file. */
  readonly stream: string | null;
  /** What was noticed while a file was read; null for a data set. */
  readonly notes: UploadNotes | null;
};

/** What is sent for one record, or why it is not. */
export type ShownRequest = {
  /** From 1, in the order of sending. */
  readonly number: number;
  /** The most that can be looked at. */
  readonly of: number;
  readonly matchKey: string;
} & (
  | { readonly ok: true; readonly calls: readonly Call[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }
);

/** A record that cannot be sent. */
export type InvalidRecord = {
  readonly number: number;
  /** The match key, or the record's key where there is none; empty without either. */
  readonly key: string;
  readonly problems: readonly Problem[];
};

/** The mapping of the first records, checked without asking the server. */
export type CheckedRecords = {
  readonly checked: number;
  readonly hasMore: boolean;
  readonly valid: number;
  readonly invalid: number;
  /** Records whose match key an earlier one has, too. */
  readonly repeated: number;
  /** The first of the invalid ones. */
  readonly examples: readonly InvalidRecord[];
  /** The requests of the first valid ones. */
  readonly requests: readonly { readonly matchKey: string; readonly calls: readonly Call[] }[];
};

/** One value of the select *Match key*. */
export type KeyOption = { readonly value: string; readonly label: string };

/** What the step Data of a destination shows for one address. */
export type DestinationStep = {
  readonly kind: ConnectorKind;
  readonly serverVersion: string | null;
  readonly baseUrl: string;
  readonly action: Action | null;
  readonly choice: WritingChoice;
  /** What the mapping was made for. */
  readonly madeFor: string;
  /** True once the user asked for the next step or a dry run: errors are shown from then on. */
  readonly isAsked: boolean;
  /** By control. */
  readonly errors: Readonly<Record<string, string>>;
  readonly input: ShownInput | null;
  readonly dataSets: DataSetChoices | null;
  /** The file that was refused last, and why; a text for a form without a file. */
  readonly refusedFile: RefusedUpload | "no-file" | null;
  readonly keyOptions: readonly KeyOption[];
  readonly request: ShownRequest | null;
  readonly checked: CheckedRecords | null;
  /** The query of the address. */
  readonly query: string;
};
