import { grantableCredentialRoles } from "@/lib/credentials/policy";
import { grantableFlowRoles } from "@/lib/endpoints/policy";
import type { GrantableRole, Shared } from "@/lib/sharing/types";
import { roleInWords } from "./role-in-words";

type Props = { kind: Shared["kind"]; label: string; chosen: GrantableRole };

/** The roles that can be given on such a thing, the weakest first, so that nobody gives much by not looking. */
export function RoleSelect({ kind, label, chosen }: Props) {
  const roles = kind === "credential" ? grantableCredentialRoles : grantableFlowRoles;
  return (
    <select
      // A select keeps what its user chose; after a change of role by anybody it starts from the new one.
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
