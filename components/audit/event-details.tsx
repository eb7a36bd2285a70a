import type { EventItem } from "@/lib/audit/types";

/** The named fields of an event in one calm line. What others have typed stays in its own direction of writing. */
export function EventDetails({ details }: Pick<EventItem, "details">) {
  if (details.length === 0) return null;
  return (
    <dl className="flex min-w-0 flex-wrap gap-x-3 text-xs text-muted">
      {details.map(({ label, text }) => (
        <div key={label} className="flex min-w-0 gap-1">
          <dt className="shrink-0">{label}:</dt>
          <dd className="min-w-0 break-all text-ink">
            <bdi>{text}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
