import type { FlowSummary } from "@/lib/endpoints/types";

/** What stands for the credential of a source or destination: its name, or that it is not the reader's to know. */
export function credentialInWords({ credential, stopped, role }: FlowSummary): string {
  if (credential) return credential.name;
  if (stopped === "credential-deleted") return "The credential was deleted";
  return stopped === "credential-lost" && role === "owner"
    ? "The credential is no longer shared with you"
    : "A credential that is not shared with you";
}
