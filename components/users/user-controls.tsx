import type { ReactNode } from "react";
import { Stopping } from "@/components/endpoints/stopping";
import { andStop } from "@/components/endpoints/stops-in-words";
import { ActionButton } from "@/components/portal/action-button";
import { KeptFocus } from "@/components/ui/kept-focus";
import type { FormAction } from "@/lib/action-result";
import type { NamedStops } from "@/lib/endpoints/types";
import type { User } from "@/lib/users/types";

type Props = {
  user: User;
  /** What stops when the account is disabled; null for nothing. */
  stops: NamedStops | null;
  actions: Record<"disable" | "enable" | "changeRole" | "signOutEverywhere", FormAction<unknown>>;
};

/** What a portal administrator can do with another account, each with its consequence. */
export function UserControls({ user, stops, actions }: Props) {
  const fields = { userId: user.id };
  const isAdministrator = user.role === "administrator";
  return (
    <KeptFocus>
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
          {user.disabledAt ? (
            <ActionButton action={actions.enable} fields={fields}>
              Enable
            </ActionButton>
          ) : (
            <Disable user={user} stops={stops} action={actions.disable} />
          )}
        </Control>
      </ul>
    </KeptFocus>
  );
}

type DisableProps = { user: User; stops: Props["stops"]; action: FormAction<unknown> };

function Disable({ user: { id, name }, stops, action }: DisableProps) {
  const question = stops && {
    title: `Disable ${name}?`,
    answer: andStop("Disable", stops),
    text: (
      <Stopping stops={stops}>
        Nothing is deleted. All of it works again once the account is enabled.
      </Stopping>
    ),
  };
  const count = stops ? stops.sources + stops.destinations : 0;
  return (
    <ActionButton action={action} fields={{ userId: id, stopsSeen: `${count}` }} question={question}>
      Disable
    </ActionButton>
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
