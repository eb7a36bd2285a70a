import { TimeAgo } from "@/components/ui/time-ago";
import { type NewsGroups, newsGroups } from "@/lib/notifications/groups";
import type { NewsKind } from "@/lib/notifications/news";
import { failureInWords } from "@/lib/notifications/webhooks/failure-words";
import type { Attempt } from "@/lib/notifications/webhooks/types";

type Props = { attempts: readonly Attempt[]; now: string; groups?: NewsGroups };

/** The delivery log: each attempt to send a message, newest first; `groups` has the words of the kinds. */
export function AttemptList({ attempts, now, groups = newsGroups }: Props) {
  if (attempts.length === 0) return <p className="text-sm text-muted">Nothing was sent yet.</p>;
  return (
    <ul className="divide-y divide-line text-sm">
      {attempts.map(({ id, at, channel, kind, isFirst, status, failure, nextAt }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-6 gap-y-0.5 py-2">
          <span className="min-w-0 wrap-anywhere">
            {isFirst
              ? "First e-mail"
              : `${channel === "email" ? "E-mail" : "Webhook"}: ${labelOf(kind, groups)}`}
            <span className="block text-muted">
              {failure === null ? `Arrived${status ? ` (${status})` : ""}` : failureInWords(failure, status)}
              {nextAt && (
                <>
                  , next try <TimeAgo at={nextAt} now={now} />
                </>
              )}
            </span>
          </span>
          <span className="text-muted">
            <TimeAgo at={at} now={now} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function labelOf(kind: NewsKind | null, groups: NewsGroups): string {
  if (kind === null) return "Test";
  const rows = groups.flatMap(({ kinds }) => kinds);
  return rows.find((row) => row.kind === kind)?.label ?? kind;
}
