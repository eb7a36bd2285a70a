import type { BoundForm } from "@/components/forms/use-button-form";
import { Badge } from "@/components/ui/badge";
import { RowList } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { Inspection } from "@/lib/servers/types";
import { CertificateDetails } from "./certificate-details";
import { TrustForm } from "./trust-form";

type Props = {
  server: string;
  inspection: Inspection;
  decision: BoundForm;
  now: string;
};

/** The result of an inspection: why the certificate is refused, each certificate, and how to trust it. */
export function InspectionResult({ server, inspection, decision, now }: Props) {
  const { source, certificates, refusal, isForOther, pem } = inspection;
  const isOffered = certificates.some(({ offers }) => offers.length > 0);
  return (
    <div className="flex flex-col gap-4">
      {source === "server" && !refusal && (
        <Notice
          kind="good"
          role="status"
          title="The portal accepts this certificate: there is nothing to do."
        />
      )}
      {refusal && (
        <Notice kind="warn" role="status" title={refusal.title}>
          <p>{isOffered ? refusal.cure : `${refusal.cure} Trusting it here would not help.`}</p>
          {isForOther && <p>It is for another name as well: to trust its authority would not be enough.</p>}
        </Notice>
      )}
      {source === "text" && !isOffered && (
        <Notice kind="warn" role="status" title="There is no authority in it that is in date.">
          <p>A single server certificate is pinned by looking at what the server presents.</p>
        </Notice>
      )}
      <RowList aria-label="Certificates">
        {certificates.map((certificate, index) => (
          <li key={certificate.sha256} className="flex flex-col gap-4 px-4 py-4">
            <div className="flex flex-wrap items-center gap-2">
              {source === "server" && index === 0 && (
                <Badge tone="plain" icon="server" label="the server's own" />
              )}
              {certificate.isAuthority && <Badge tone="plain" icon="badge-check" label="an authority" />}
              {certificate.isSelfSigned && <Badge tone="plain" icon="file-key" label="signed by itself" />}
            </div>
            <CertificateDetails certificate={certificate} now={now} />
            {certificate.offers.map((kind) => (
              <TrustForm key={kind} {...{ server, kind, certificate, pem, decision }} />
            ))}
          </li>
        ))}
      </RowList>
    </div>
  );
}
