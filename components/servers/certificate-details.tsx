import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { CalendarDate } from "@/components/ui/calendar-date";
import { warnAheadMs } from "@/lib/connectors/bitbucket-server/warn-ahead";
import type { CertificateDetails as Details } from "@/lib/servers/types";

type Props = { certificate: Omit<Details, "isAuthority" | "isSelfSigned">; now: string };

/** What the administrator compares before trusting a certificate: names, issuer, dates, SHA-256. */
export function CertificateDetails({ certificate, now }: Props) {
  const { subject, names, issuer, validFrom, validTo, sha256 } = certificate;
  return (
    <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2">
      <Detail name="Subject">{subject}</Detail>
      <Detail name="Issued by">{issuer}</Detail>
      {names.length > 0 && <Detail name="For">{names.join(", ")}</Detail>}
      <Detail name="Valid">
        <CalendarDate at={validFrom} /> to <CertificateEnd at={validTo} now={now} />
      </Detail>
      <Detail name="SHA-256" isWide>
        <code className="font-mono text-xs break-all">{sha256}</code>
      </Detail>
    </dl>
  );
}

function Detail({ name, isWide, children }: { name: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div className={isWide ? "flex min-w-0 flex-col sm:col-span-2" : "flex min-w-0 flex-col"}>
      <dt className="text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

/** The end date of a server's certificate; a warning during the last 30 days. */
export function CertificateEnd({ at, now }: { at: string; now: string }) {
  const left = Date.parse(at) - Date.parse(now);
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <CalendarDate at={at} />
      {left < 0 && <Badge tone="bad" icon="calendar-x" label="has ended" />}
      {left >= 0 && left < warnAheadMs.certificate && (
        <Badge tone="warn" icon="calendar-clock" label="ends soon" />
      )}
    </span>
  );
}
