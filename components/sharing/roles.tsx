import { grantableCredentialRoles } from "@/lib/credentials/policy";
import { grantableEndpointRoles } from "@/lib/endpoints/policy";
import type { AccessPath, GrantableRole, Shared, SharingRole } from "@/lib/sharing/types";

const names: Record<SharingRole, string> = {
  owner: "Owner",
  administrator: "Administrator",
  operator: "Operator",
  collaborator: "Collaborator",
};

/** A role's name on screens. */
export function roleInWords(role: SharingRole): string {
  return names[role];
}

/** An access path in words: why a user has access. */
export function accessPathInWords(accessPath: AccessPath): string {
  if (accessPath.kind === "ownership") return "is the owner";
  const role = roleInWords(accessPath.role).toLowerCase();
  return accessPath.kind === "grant"
    ? `${role}, given by ${accessPath.grantedByName}`
    : `${role}, through the team ${accessPath.teamName}`;
}

/** What each role may do with a credential or with a source or destination, in one sentence. */
export function rightsInWords(kind: "credential" | "endpoint"): string {
  return kind === "credential"
    ? "Collaborators use and check it. Administrators also edit it, replace its secret, share and delete it. Nobody reads the secret back."
    : "Collaborators see it. Operators also run and pause it. Administrators also edit, share and delete it.";
}

type Props = { kind: Shared["kind"]; label: string; chosen: GrantableRole };

/** The roles for such an item, the weakest first, so that an unattended choice gives the least. */
export function RoleSelect({ kind, label, chosen }: Props) {
  const roles = kind === "credential" ? grantableCredentialRoles : grantableEndpointRoles;
  return (
    <select
      // A select keeps the user's choice; after a change of role by anyone, the key resets it to the new role.
      key={chosen}
      name="role"
      aria-label={label}
      defaultValue={chosen}
      className="min-h-10 min-w-0 grow rounded-lg border border-line-strong/60 bg-surface px-2.5 py-2 text-sm text-ink shadow-rest hover:border-line-strong"
    >
      {[...roles].reverse().map((role) => (
        <option key={role} value={role}>
          {roleInWords(role)}
        </option>
      ))}
    </select>
  );
}
