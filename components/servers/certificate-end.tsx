import { CalendarClock, CalendarX } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { CalendarDate } from "@/components/ui/calendar-date";

const soonMs = 30 * 24 * 60 * 60 * 1000;

/** When a server's certificate ends; a warning from 30 days before on. */
export function CertificateEnd({ at, now }: { at: string; now: string }) {
  const left = Date.parse(at) - Date.parse(now);
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <CalendarDate at={at} />
      {left < 0 && <Badge tone="bad" icon={CalendarX} label="has ended" />}
      {left >= 0 && left < soonMs && <Badge tone="warn" icon={CalendarClock} label="ends soon" />}
    </span>
  );
}
