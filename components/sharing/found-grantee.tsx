import type { BoundForm } from "@/components/forms/use-button-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Addressed } from "@/lib/paths";
import type { Access } from "@/lib/sharing/types";
import type { DirectoryEntry } from "@/lib/users/types";
import { GranteeName } from "./grantee-name";
import { RoleSelect, roleInWords } from "./roles";

type Props = {
  thing: Addressed;
  access: Access;
  entry: DirectoryEntry;
  share: BoundForm;
  error: string | undefined;
};

/** A grantee that the search found, with the role to give; or why no role can be given. */
export function FoundGrantee({ thing, access, entry, share, error }: Props) {
  const present = presentRole(access, entry);
  const detail = entry.kind === "person" ? entry.email : "Team";
  const errorId = `refused-${entry.id}`;
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <GranteeName kind={entry.kind} name={entry.name} detail={detail} />
        {present ? (
          <p className="text-sm text-muted">Has access already: {present}</p>
        ) : (
          <form
            {...share.formProps}
            className="flex min-w-0 items-center gap-2 max-sm:w-full"
            aria-describedby={error && errorId}
          >
            <input type="hidden" name="kind" value={thing.kind} />
            <input type="hidden" name="id" value={thing.id} />
            <input type="hidden" name="grantee" value={`${entry.kind}:${entry.id}`} />
            <RoleSelect kind={thing.kind} label={`Role for ${entry.name}`} chosen="collaborator" />
            <SubmitButton pending={share.pending}>
              Share<span className="sr-only"> with {entry.name}</span>
            </SubmitButton>
          </form>
        )}
      </div>
      {error && (
        <p id={errorId} role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </li>
  );
}

function presentRole(access: Access, { kind, id }: DirectoryEntry): string | null {
  if (kind === "person" && id === access.owner.id) return roleInWords("owner");
  const grant = access.grants.find(({ grantee }) => grantee.kind === kind && grantee.id === id);
  return grant ? roleInWords(grant.role) : null;
}
