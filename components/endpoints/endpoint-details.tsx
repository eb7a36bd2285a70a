import { CheckNow } from "@/components/credentials/check-now";
import { cardStyle } from "@/components/ui/card";
import { Detail } from "@/components/ui/detail";
import { Link } from "@/components/ui/link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import { connectorOf } from "@/lib/connectors/registry";
import type { SourceSettings } from "@/lib/connectors/streams";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { CheckStop } from "@/lib/credentials/types";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { credentialPath } from "@/lib/paths";
import { credentialInWords, EndpointCredentialState, EndpointState } from "./endpoint-state";
import { settingsInWords } from "./settings-in-words";
import { ScheduleDetail, WriteDetails } from "./write-details";

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
    <dl className={cardStyle("grid grid-cols-1 gap-x-8 gap-y-5 sm:grid-cols-2 lg:grid-cols-1")}>
      {endpoint.settings && <ReadDetails endpoint={endpoint} settings={endpoint.settings} now={now} />}
      {endpoint.writing && <WriteDetails endpoint={endpoint} writing={endpoint.writing} now={now} />}
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
              {endpoint.paused.byName ? `, by ${endpoint.paused.byName}` : ", by itself"}
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

type ReadProps = { endpoint: EndpointSummary; settings: SourceSettings; now: Date };

/** What a source reads, and when. */
function ReadDetails({ endpoint, settings, now }: ReadProps) {
  const { stream, scope, choices } = settingsInWords(endpoint.connector, settings);
  return (
    <>
      <Detail name="What is read">
        <span className="font-medium">{stream}</span>
        <span className="block text-sm wrap-anywhere text-muted">{scope}</span>
        {choices.map(({ label, value }) => (
          <span key={label} className="block text-sm wrap-anywhere text-muted">
            {label}: {value}
          </span>
        ))}
      </Detail>
      <ScheduleDetail endpoint={endpoint} now={now} />
    </>
  );
}
