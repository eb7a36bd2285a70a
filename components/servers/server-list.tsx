import { Badge } from "@/components/ui/badge";
import { RowList } from "@/components/ui/card";
import { PageLinks, RowLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import type { PagePaths } from "@/lib/paths";
import { certificatePath } from "@/lib/servers/schema";
import type { KnownBitbucket, ServerSummary } from "@/lib/servers/types";
import { countOf } from "@/lib/text/count-of";
import { CertificateEnd } from "./certificate-details";

type Props = { servers: readonly ServerSummary[]; pages: PagePaths; now: string };

/** All servers by origin, with the results of their latest checks. */
export function ServerList({ servers, pages, now }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <RowList aria-label="Servers" data-matches>
        {servers.map((server) => (
          <li
            key={server.origin}
            className="linked-row grid gap-x-6 gap-y-3 px-5 py-4 md:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)] lg:min-h-11 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1fr)] lg:items-center lg:py-2"
          >
            <div className="flex min-w-0 flex-col gap-2 lg:contents">
              <RowLink href={certificatePath(server.origin)} title={server.origin}>
                {server.origin}
              </RowLink>
              {server.bitbuckets.length === 0 ? (
                <p className="text-sm text-muted">No credential is stored for it yet.</p>
              ) : (
                <ul className="flex flex-col gap-1.5 text-sm">
                  {server.bitbuckets.map((bitbucket) => (
                    <Bitbucket key={bitbucket.baseUrl} {...{ bitbucket, now }} origin={server.origin} />
                  ))}
                </ul>
              )}
            </div>
            <dl className="flex flex-col gap-1.5 text-sm">
              <div className="flex flex-wrap gap-x-2">
                <dt className="text-muted">Certificate ends</dt>
                <dd>{endOf(server, now)}</dd>
              </div>
              {server.liveTrusts > 0 && (
                <div className="flex">
                  <dt className="sr-only">Trusted for this server only</dt>
                  <dd>
                    <Badge
                      tone="plain"
                      icon="shield-plus"
                      label={`${countOf(server.liveTrusts, "certificate")} trusted here only`}
                    />
                  </dd>
                </div>
              )}
            </dl>
          </li>
        ))}
      </RowList>
      <PageLinks paths={pages} isByAge={false} />
    </div>
  );
}

function endOf({ origin, certificateEndsAt }: ServerSummary, now: string) {
  if (certificateEndsAt) return <CertificateEnd at={certificateEndsAt} now={now} />;
  return origin.startsWith("http:") ? "never: plain http has none" : "not known yet";
}

type BitbucketProps = { bitbucket: KnownBitbucket; origin: string; now: string };

function Bitbucket({ bitbucket, origin, now }: BitbucketProps) {
  const { baseUrl, version, answeredAt, unreachableSince } = bitbucket;
  const path = baseUrl.slice(origin.length);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="break-all">
        {version ? `Bitbucket ${version}` : "Bitbucket"}
        {path && ` at ${path}`}
      </span>
      {unreachableSince ? (
        <Badge tone="bad" icon="server-off" label="unreachable" />
      ) : (
        answeredAt && <Badge tone="good" icon="signal" label="answers" />
      )}
      {(unreachableSince ?? answeredAt) && (
        <span className="text-muted">
          <TimeAgo at={unreachableSince ?? answeredAt ?? now} now={now} />
        </span>
      )}
    </li>
  );
}
