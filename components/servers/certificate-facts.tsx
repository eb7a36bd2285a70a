import type { ReactNode } from "react";
import { CalendarDate } from "@/components/ui/calendar-date";
import type { CertificateFacts as Facts } from "@/lib/servers/types";
import { CertificateEnd } from "./certificate-end";

type Props = { certificate: Omit<Facts, "isAuthority" | "isSelfSigned">; now: string };

/** What has to be compared before a certificate is trusted: names, issuer, dates, SHA-256. */
export function CertificateFacts({ certificate, now }: Props) {
  const { subject, names, issuer, validFrom, validTo, sha256 } = certificate;
  return (
    <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2">
      <Fact name="Subject">{subject}</Fact>
      <Fact name="Issued by">{issuer}</Fact>
      {names.length > 0 && <Fact name="For">{names.join(", ")}</Fact>}
      <Fact name="Valid">
        <CalendarDate at={validFrom} /> to <CertificateEnd at={validTo} now={now} />
      </Fact>
      <Fact name="SHA-256" isWide>
        <code className="font-mono text-xs break-all">{sha256}</code>
      </Fact>
    </dl>
  );
}

function Fact({ name, isWide, children }: { name: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div className={isWide ? "flex min-w-0 flex-col sm:col-span-2" : "flex min-w-0 flex-col"}>
      <dt className="text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
