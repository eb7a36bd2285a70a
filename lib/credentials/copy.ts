import { nameMaxLength } from "@/lib/text/name-limits";
import type { CredentialTile } from "./types";

/** What the visible fields of Add New Credential start with. */
export type CredentialStart = {
  readonly name: string;
  readonly description: string;
  readonly baseUrl: string;
  readonly username: string;
};

const suffix = " (copy)";

/** The fields for a copy of a credential: all but its secret, which is entered anew, and its tags, with a name that says what it is. */
export function startOfCopy({ name, description, baseUrl, username }: CredentialTile): CredentialStart {
  const kept = startOf(name, nameMaxLength - suffix.length);
  return { name: `${kept}${suffix}`, description, baseUrl, username: username ?? "" };
}

// Whole characters, counted as the field counts them.
function startOf(text: string, mostUnits: number): string {
  let kept = "";
  for (const character of text) {
    if (kept.length + character.length > mostUnits) break;
    kept += character;
  }
  return kept.trimEnd();
}
