import { ActionButton } from "@/components/portal/action-button";
import { Icon } from "@/components/ui/icon";
import { KeptFocus } from "@/components/ui/kept-focus";
import { TimeAgo } from "@/components/ui/time-ago";
import type { OwnSession } from "@/lib/account/types";
import type { FormAction } from "@/lib/action-result";

type Props = {
  sessions: readonly OwnSession[];
  endOne: FormAction<unknown>;
  endOthers: FormAction<unknown>;
  now: string;
};

/** The user's sessions, each with a button to end it. */
export function SessionList({ sessions, endOne, endOthers, now }: Props) {
  return (
    <KeptFocus className="flex flex-col gap-5">
      <ul className="divide-y divide-line">
        {sessions.map(({ id, browser, startedAt, seenAt, isThisOne }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0"
          >
            <div className="flex min-w-0 items-start gap-3">
              <Icon name="monitor" className="mt-0.5 size-5 shrink-0 text-muted" />
              <div className="flex min-w-0 flex-col">
                <span className="font-medium break-words">{browser ?? "Unknown browser"}</span>
                <span className="text-sm text-muted">
                  Signed in <TimeAgo at={startedAt} now={now} />
                  {isThisOne ? (
                    ", this browser"
                  ) : (
                    <>
                      , last seen <TimeAgo at={seenAt} now={now} />
                    </>
                  )}
                </span>
              </div>
            </div>
            {!isThisOne && (
              <ActionButton
                action={endOne}
                fields={{ sessionId: id }}
                whom={`on ${browser ?? "unknown browser"}`}
              >
                End session
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <ActionButton action={endOthers} fields={{ which: "others" }}>
          End all other sessions
        </ActionButton>
      )}
    </KeptFocus>
  );
}
