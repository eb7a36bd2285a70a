const format = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

/** A day that is the same day everywhere, such as a last day; `day` is an ISO date. */
export function PlainDate({ day }: { day: string }) {
  return (
    <time dateTime={day} className="whitespace-nowrap">
      {format.format(new Date(day))}
    </time>
  );
}
