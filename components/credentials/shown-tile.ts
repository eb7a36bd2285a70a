import type { CredentialTile, ListedCredential } from "@/lib/credentials/types";

type NotShown = "kind" | "access" | "warnings";

/** What a tile shows, and nothing else: the page carries it to the browser. */
export type ShownTile = Omit<CredentialTile, NotShown>;

/** Leaves out what a tile does not show. */
export function shownTileOf({ kind: _, access: __, warnings: ___, ...shown }: CredentialTile): ShownTile {
  return shown;
}

/** What a row of the list shows, and nothing else. */
export type ShownRow = Omit<ListedCredential, NotShown | "teams">;

/** Leaves out what a row does not show. */
export function shownRowOf({ teams: _, ...listed }: ListedCredential): ShownRow {
  const { kind: __, access: ___, warnings: ____, ...shown } = listed;
  return shown;
}
