import { ownAddress } from "@/lib/http/own-address";

const list = "/destinations";

/** What is added to the address: the file that was taken, the refusal to show, or a sentence for a request without a file. */
export type UploadOutcome =
  | { readonly kind: "taken"; readonly id: string }
  | { readonly kind: "refused"; readonly id: string }
  | { readonly kind: "no-file" };

/**
 * The address to go to after an upload: the form's own, if it is one of the portal below /destinations, with the
 * outcome. Anything else leads to the list of destinations.
 */
export function returnAddress(given: string, outcome: UploadOutcome): string {
  const url = ownAddress(given, list);
  for (const name of ["upload", "uploadError"]) url.searchParams.delete(name);
  if (outcome.kind === "taken") {
    url.searchParams.set("input", "upload");
    url.searchParams.set("upload", outcome.id);
  } else {
    url.searchParams.set("uploadError", outcome.kind === "refused" ? outcome.id : outcome.kind);
  }
  return `${url.pathname}${url.search}`;
}
