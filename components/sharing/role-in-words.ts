import type { SharingRole, Way } from "@/lib/sharing/types";

const names: Record<SharingRole, string> = {
  owner: "Owner",
  administrator: "Administrator",
  operator: "Operator",
  collaborator: "Collaborator",
};

/** A role as it is called on screens. */
export function roleInWords(role: SharingRole): string {
  return names[role];
}

/** Why somebody has access, by one way. */
export function wayInWords(way: Way): string {
  if (way.kind === "ownership") return "is the owner";
  const role = roleInWords(way.role).toLowerCase();
  return way.kind === "grant"
    ? `${role}, given by ${way.grantedByName}`
    : `${role}, through the team ${way.teamName}`;
}

/** What each role may do with a credential, or with a source or destination, in a sentence. */
export function rightsInWords(kind: "credential" | "flow"): string {
  return kind === "credential"
    ? "Collaborators use and check it. Administrators also edit it, replace its secret, share and delete it. Nobody reads the secret back."
    : "Collaborators see it. Operators also run and pause it. Administrators also edit, share and delete it.";
}
