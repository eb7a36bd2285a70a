import { Stopping } from "@/components/endpoints/stopping";
import { andStop } from "@/components/endpoints/stops-in-words";
import type { BoundForm } from "@/components/forms/use-button-form";
import { ActionButton } from "@/components/portal/action-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { NamedStops } from "@/lib/endpoints/types";
import type { Addressed } from "@/lib/paths";
import type { GrantRow } from "@/lib/sharing/types";
import { GranteeName } from "./grantee-name";
import { afterEnd, RemoveGrant } from "./remove-grant";
import { RoleSelect, roleInWords } from "./roles";

type Props = {
  thing: Addressed;
  grant: GrantRow;
  mayShare: boolean;
  now: string;
  forms: Readonly<Record<"changeRole" | "revoke" | "confirm", BoundForm>>;
  leave: FormAction<null>;
};

/** One grant: grantee, grantor, date and role, with the controls to change or end it. */
export function GrantItem({ thing, grant, mayShare, now, forms, leave }: Props) {
  const { changeRole, revoke, confirm } = forms;
  const { grantee, role } = grant;
  const fields = { kind: thing.kind, id: thing.id, grantId: grant.id };
  const seen = Object.entries(fields).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <GranteeName
        kind={grantee.kind}
        name={grant.isMine ? `${grantee.name} (you)` : grantee.name}
        detail={
          <>
            <span className="block">{about(grant, mayShare)}</span>
            <span className="block">
              given by {grant.grantedByName} <TimeAgo at={grant.grantedAt} now={now} />
            </span>
            {grant.giverLost && (
              <span className="block text-warn">
                {grant.giverLost === "right"
                  ? `${grant.grantedByName} may not share this any more`
                  : `The account of ${grant.grantedByName} is disabled`}
              </span>
            )}
          </>
        }
      />
      <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
        {mayShare && (
          <form {...changeRole.formProps} className="flex min-w-0 items-center gap-2 max-sm:w-full">
            {seen}
            <RoleSelect kind={thing.kind} label={`Role of ${grantee.name}`} chosen={role} />
            <SubmitButton look="secondary" pending={changeRole.pending} className="max-sm:px-2.5">
              Change<span className="sr-only"> the role of {grantee.name}</span>
            </SubmitButton>
          </form>
        )}
        {grant.giverLost && (
          <form {...confirm.formProps}>
            {seen}
            <SubmitButton look="quiet" pending={confirm.pending} className="px-2">
              Keep<span className="sr-only"> the access of {grantee.name}</span>
            </SubmitButton>
          </form>
        )}
        {mayShare && !grant.isMine && (
          <RemoveGrant thing={thing} name={grantee.name} stops={grant.stops} form={revoke}>
            {seen}
          </RemoveGrant>
        )}
        {grant.isMine && (
          <ActionButton
            action={leave}
            fields={{ ...fields, stopsSeen: String(countOf(grant.stops)) }}
            look="quiet"
            question={grant.stops && askBeforeLeaving(thing, grant.stops)}
          >
            Leave
          </ActionButton>
        )}
      </div>
    </li>
  );
}

function countOf(stops: NamedStops | null): number {
  return stops ? stops.sources + stops.destinations : 0;
}

function askBeforeLeaving(thing: Addressed, stops: NamedStops) {
  return {
    title: "Give up your access?",
    answer: andStop("Leave", stops),
    text: (
      <Stopping stops={stops} whose="yours">
        {afterEnd(thing, "own")}
      </Stopping>
    ),
  };
}

// Users who may change the role read it in the select.
function about({ email, memberCount, isDisabled, role }: GrantRow, mayShare: boolean): string {
  const team = memberCount === 1 ? "Team, 1 person" : `Team, ${memberCount} people`;
  const parts = [
    memberCount === null ? email : team,
    isDisabled && "account disabled",
    !mayShare && roleInWords(role),
  ];
  return parts.filter(Boolean).join(" · ");
}
