import type { ComponentProps } from "react";
import type { BoundForm } from "@/components/forms/use-button-form";
import { RowList } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { FormAction } from "@/lib/action-result";
import { type Addressed, transferPath } from "@/lib/paths";
import type { Access, UserWithAccess } from "@/lib/sharing/types";
import { GrantItem } from "./grant-item";
import { GranteeName } from "./grantee-name";
import { accessPathInWords, roleInWords } from "./roles";
import { UnbackedNotice } from "./unbacked-notice";

type Props = {
  thing: Addressed;
  access: Access;
  now: string;
  forms: ComponentProps<typeof GrantItem>["forms"] & { readonly revokeUnbacked: BoundForm };
  leave: FormAction<null>;
};

/** The owner and all grants with their grantors, then all users who have access. */
export function AccessList({ thing, access, now, forms, leave }: Props) {
  const { owner, grants, users, role, mayShare } = access;
  return (
    <section aria-labelledby="who-has-access" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 id="who-has-access" className="font-semibold">
          Who has access
        </h2>
        {!mayShare && (
          <p className="text-sm text-muted">
            Your role lets you see who has access. To change it, ask the owner or an administrator.
          </p>
        )}
      </div>
      <UnbackedNotice thing={thing} grants={grants} form={forms.revokeUnbacked} />
      <RowList aria-labelledby="who-has-access">
        <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
          <GranteeName
            kind="person"
            name={role === "owner" ? `${owner.name} (you)` : owner.name}
            detail={owner.isDisabled ? "Owner · account disabled" : "Owner"}
          />
          {role === "owner" && thing.kind === "credential" && (
            <Link href={transferPath(thing.id)} className="text-sm text-accent underline underline-offset-4">
              Hand over ownership
            </Link>
          )}
        </li>
        {grants.map((grant) => (
          <GrantItem
            key={grant.id}
            thing={thing}
            grant={grant}
            mayShare={mayShare}
            now={now}
            forms={forms}
            leave={leave}
          />
        ))}
      </RowList>
      {grants.length === 0 && <p className="text-sm text-muted">It is not shared with anybody else.</p>}
      {users && <UsersWithAccess users={users} more={access.moreUsers} />}
    </section>
  );
}

/** All users with access and their access paths; the members of grantee teams are listed only here. */
function UsersWithAccess({ users, more }: { users: readonly UserWithAccess[]; more: boolean }) {
  return (
    <details className="rounded-2xl border border-line bg-sunken px-4 py-3">
      <summary className="cursor-pointer rounded-lg text-sm font-medium">
        Every person, and why ({more ? `more than ${users.length}` : users.length})
      </summary>
      <ul className="mt-3 flex flex-col gap-3">
        {users.map(({ id, name, role, accessPaths }) => (
          <li key={id} className="flex flex-col text-sm">
            <span className="font-medium break-words">
              {name} <span className="font-normal text-muted">· {roleInWords(role)}</span>
            </span>
            {accessPaths.map((accessPath) => (
              <span key={accessPathInWords(accessPath)} className="break-words text-muted">
                {accessPathInWords(accessPath)}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {more && <p className="mt-3 text-sm text-muted">The list ends here; there are more people.</p>}
    </details>
  );
}
