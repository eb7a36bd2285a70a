import { ActionButton } from "@/components/portal/action-button";
import { CalendarDate } from "@/components/ui/calendar-date";
import { KeptFocus } from "@/components/ui/kept-focus";
import type { FormAction } from "@/lib/action-result";
import type { Reset } from "@/lib/password-resets/types";

type Props = { resets: readonly Reset[]; revoke: FormAction<unknown> };

/** Password reset links, newest first, with their states; those that still work can be revoked. */
export function ResetList({ resets, revoke }: Props) {
  return (
    <KeptFocus>
      <ul aria-label="Password reset links" className="divide-y divide-line">
        {resets.map((reset) => (
          <li
            key={reset.id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3 text-sm first:pt-0 last:pb-0"
          >
            <span className="min-w-0 [overflow-wrap:anywhere]">
              made on <CalendarDate at={reset.madeAt} /> by {reset.madeByName}, <State reset={reset} />
            </span>
            {reset.isOpen && (
              <ActionButton
                action={revoke}
                fields={{ resetId: reset.id }}
                whom={`the link that ${reset.madeByName} made`}
                look="quiet"
              >
                Take back
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
    </KeptFocus>
  );
}

function State({ reset: { isOpen, usedAt, expiresAt } }: { reset: Reset }) {
  if (usedAt) {
    return (
      <strong className="font-medium text-warn">
        used on <CalendarDate at={usedAt} />
      </strong>
    );
  }
  if (!isOpen) return <span className="text-muted">not used, works no more</span>;
  return (
    <span>
      works until <CalendarDate at={expiresAt} />
    </span>
  );
}
