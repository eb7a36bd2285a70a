import type { ReactNode } from "react";
import { ActionButton } from "@/components/portal/action-button";
import type { FormAction } from "@/lib/action-result";
import type { User } from "@/lib/users/types";

type Props = {
  user: User;
  actions: Record<"disable" | "enable" | "changeRole" | "signOutEverywhere", FormAction<unknown>>;
};

/** What a portal administrator can do with another account, each with its consequence. */
export function UserControls({ user, actions }: Props) {
  const fields = { userId: user.id };
  const isAdministrator = user.role === "administrator";
  return (
    <ul className="divide-y divide-line">
      <Control
        consequence={
          isAdministrator
            ? "They keep what they own and were given, and no longer manage users, servers and policy. Their sessions end."
            : "They manage users, servers and policy, read the audit log, and gain nobody's credentials. Their sessions end."
        }
      >
        <ActionButton
          action={actions.changeRole}
          fields={{ ...fields, role: isAdministrator ? "member" : "administrator" }}
        >
          {isAdministrator ? "Make member" : "Make administrator"}
        </ActionButton>
      </Control>
      <Control consequence="Their sessions end in every browser. They can sign in again.">
        <ActionButton action={actions.signOutEverywhere} fields={fields}>
          Sign out everywhere
        </ActionButton>
      </Control>
      <Control
        consequence={
          user.disabledAt
            ? "They can sign in again, with everything they had. Their sources and credentials work again."
            : "They can no longer sign in, and their sessions end. Their sources stop, and so does whatever uses their credentials. Nothing is deleted, and they can be enabled again."
        }
      >
        <ActionButton action={user.disabledAt ? actions.enable : actions.disable} fields={fields}>
          {user.disabledAt ? "Enable" : "Disable"}
        </ActionButton>
      </Control>
    </ul>
  );
}

function Control({ consequence, children }: { consequence: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4 first:pt-0 last:pb-0">
      <p className="max-w-md text-sm text-muted">{consequence}</p>
      {children}
    </li>
  );
}
