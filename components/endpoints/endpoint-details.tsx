import Link from "next/link";
import { CheckNow } from "@/components/credentials/check-now";
import { cardStyle } from "@/components/ui/card";
import { Detail } from "@/components/ui/detail";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import { connectorOf } from "@/lib/connectors/registry";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { CheckStop } from "@/lib/credentials/types";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { credentialPath } from "@/lib/paths";
import { credentialInWords, EndpointCredentialState, EndpointState } from "./endpoint-state";

type Props = {
  endpoint: EndpointSummary;
  now: Date;
  /** Set if lock-out protection would not send a check of the credential. */
  stop: CheckStop | null;
  check: FormAction<null, FailedCheck>;
};

/** The details of one source or destination. */
export function EndpointDetails({ endpoint, now, stop, check }: Props) {
  const { credential } = endpoint;
  return (
    <dl className={cardStyle("grid grid-cols-1 gap-x-8 gap-y-5 sm:grid-cols-2")}>
      <Detail name="Connector">{connectorOf(endpoint.connector).name}</Detail>
      {credential && (
        <Detail name="Server">
          <span className="break-all">{credential.baseUrl}</span>
        </Detail>
      )}
      <Detail name="Credential">
        <div className="flex flex-wrap items-center gap-2">
          {credential ? (
            <Link
              href={credentialPath(credential.id)}
              prefetch={false}
              className="min-w-0 break-words underline decoration-line-strong underline-offset-4 hover:decoration-current"
            >
              {credential.name}
            </Link>
          ) : (
            <span className="text-muted">{credentialInWords(endpoint)}</span>
          )}
          <EndpointCredentialState endpoint={endpoint} />
          {credential && !credential.isSuspended && (
            <CheckNow action={check} credentialId={credential.id} status={credential.status} stop={stop} />
          )}
        </div>
      </Detail>
      <Detail name="State">
        <span className="flex flex-wrap items-center gap-2">
          <EndpointState endpoint={endpoint} />
          {endpoint.paused && (
            <span className="min-w-0 text-sm break-words text-muted">
              <TimeAgo at={endpoint.paused.since} now={now.toISOString()} />
              {endpoint.paused.byName && `, by ${endpoint.paused.byName}`}
            </span>
          )}
        </span>
      </Detail>
      {endpoint.role !== "owner" && <Detail name="Owner">{endpoint.ownerName}</Detail>}
      <Detail name="Your role">{endpoint.role}</Detail>
      <Detail name="Saved">
        <TimeAgo at={endpoint.createdAt} now={now.toISOString()} />
      </Detail>
    </dl>
  );
}
