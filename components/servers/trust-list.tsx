import { Badge } from "@/components/ui/badge";
import { RowList, Section } from "@/components/ui/card";
import { KeptFocus } from "@/components/ui/kept-focus";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { ServerTrust } from "@/lib/servers/types";
import { CertificateDetails } from "./certificate-details";
import { EndTrustForm } from "./end-trust-form";

type Props = { trusts: readonly ServerTrust[]; end: FormAction<unknown>; now: string };

/** The present and past trusts of one server. */
export function TrustList({ trusts, end, now }: Props) {
  const live = trusts.filter((trust) => trust.ended === null);
  const ended = trusts.filter((trust) => trust.ended !== null);
  return (
    <Section title="Trusted for this server only">
      <KeptFocus>
        {live.length === 0 ? (
          <p className="text-sm text-muted">
            Nothing: its certificate is judged like every other one, by well-known authorities and those of
            the portal's settings.
          </p>
        ) : (
          <RowList aria-label="Trusted">
            {live.map((trust) => (
              <li key={trust.id} className="flex flex-col gap-4 px-4 py-4">
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
                  <Kind trust={trust} />
                  <span className="text-muted">
                    added <TimeAgo at={trust.addedAt} now={now} /> by {trust.addedBy}
                  </span>
                </div>
                <CertificateDetails certificate={trust} now={now} />
                <EndTrustForm action={end} trustId={trust.id} server={trust.origin} />
              </li>
            ))}
          </RowList>
        )}
      </KeptFocus>
      {ended.length > 0 && (
        <details className="text-sm">
          <summary className="cursor-pointer font-medium">Trusted formerly ({ended.length})</summary>
          <ul aria-label="Trusted formerly" className="flex flex-col gap-3 pt-3">
            {ended.map((trust) => (
              <li key={trust.id} className="flex flex-col gap-1 break-words text-muted">
                <span className="text-ink">{trust.subject}</span>
                <code className="font-mono text-xs break-all">{trust.sha256}</code>
                <span>
                  added <TimeAgo at={trust.addedAt} now={now} /> by {trust.addedBy}, ended{" "}
                  <TimeAgo at={trust.ended?.at ?? now} now={now} /> by {trust.ended?.by}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Kind({ trust: { kind } }: { trust: ServerTrust }) {
  return kind === "authority" ? (
    <Badge tone="good" icon="badge-check" label="authority" />
  ) : (
    <Badge tone="good" icon="pin" label="pinned certificate" />
  );
}
