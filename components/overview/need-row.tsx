import { PlainDate } from "@/components/credentials/details-in-words";
import { ActionButton } from "@/components/portal/action-button";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/buttons";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import { lastDayOf } from "@/lib/credentials/shown-status";
import type { Need } from "@/lib/overview/types";
import { needInWords, needLooks } from "./need-words";

/** What the buttons run that act at once. */
export type NeedActions = {
  readonly activate: FormAction<null>;
  readonly openShared: FormAction<unknown>;
  readonly dismissShared: FormAction<unknown>;
};

type Props = {
  need: Need;
  actions: NeedActions;
  /** ISO 8601. */
  now: string;
};

/** One entry: what it is about, why it is there and since when, and its button; one of a share can also be taken off unopened. */
export function NeedRow({ need, actions, now }: Props) {
  const { label, text, button, href } = needInWords(need, now);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="line-clamp-2 min-w-0 font-medium wrap-anywhere" title={need.name}>
            {need.name}
          </span>
          <Badge {...needLooks[need.kind]} label={label} />
          <span className="text-xs text-muted">
            <When need={need} now={now} />
          </span>
        </p>
        <p className="text-sm text-muted wrap-anywhere">{text}</p>
      </div>
      {href === null ? (
        <div className="flex flex-wrap items-start gap-2">
          <ActionButton {...pressOf(need, actions)} whom={`“${need.name}”`}>
            {button}
          </ActionButton>
          {need.kind === "shared" && (
            <ActionButton
              {...{ action: actions.dismissShared, fields: fieldsOf(need), whom: `“${need.name}”` }}
              look="quiet"
            >
              Got it
            </ActionButton>
          )}
        </div>
      ) : (
        <ButtonLink href={href}>
          {button}
          <span className="sr-only">: “{need.name}”</span>
        </ButtonLink>
      )}
    </li>
  );
}

function pressOf(need: Need, { activate, openShared }: NeedActions) {
  return need.kind === "shared"
    ? { action: openShared, fields: fieldsOf(need) }
    : { action: activate, fields: { endpointId: need.id } };
}

function fieldsOf({ thing, id }: Extract<Need, { kind: "shared" }>) {
  return { thing, id };
}

/** Ends have a date; all else has a distance from now. */
function When({ need: { kind, at }, now }: Pick<Props, "need" | "now">) {
  const isEnd = kind === "ended" || kind === "ends-soon" || kind === "certificate";
  return isEnd ? <PlainDate day={lastDayOf(at)} /> : <TimeAgo at={at} now={now} />;
}
