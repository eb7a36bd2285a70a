import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { Stream } from "@/lib/connectors/streams";
import type { Preview } from "@/lib/reading/preview";
import type { Choice } from "./choice-address";

type Failed = {
  readonly ok: false;
  readonly failure: { readonly title: string; readonly cure: string };
};

/** A project or repository to choose. */
export type Target = {
  readonly id: number;
  /** Its value in the form. */
  readonly token: string;
  readonly name: string;
  /** Its address on the server, such as SHOP/storefront. */
  readonly address: string;
};

/** One page of what a search on the server found. */
export type ShownPick = {
  readonly query: string;
  /** True for a later page of the same search. */
  readonly isLater: boolean;
  readonly found:
    | { readonly ok: true; readonly items: readonly Target[]; readonly next: number | null }
    | Failed;
};

/** The sample of a preview, or why there is none. */
export type ShownPreview = { readonly ok: true; readonly preview: Preview } | Failed;

/** What the step Data shows for one address. */
export type DataStepState = {
  readonly kind: ConnectorKind;
  readonly stream: Stream | null;
  readonly choice: Choice;
  /** By field; empty unless the user asked for a preview or the next step. */
  readonly errors: Readonly<Record<string, string>>;
  readonly pick: ShownPick | null;
  readonly preview: ShownPreview | null;
  readonly serverVersion: string | null;
  /** The query of the address. */
  readonly query: string;
};
