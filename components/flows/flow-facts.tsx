import Link from "next/link";
import { CheckNow } from "@/components/credentials/check-now";
import { cardStyle } from "@/components/ui/card";
import { Fact } from "@/components/ui/fact";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import { connectorOf } from "@/lib/connectors/registry";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { CheckStop } from "@/lib/credentials/types";
import type { FlowSummary } from "@/lib/endpoints/types";
import { credentialPath } from "@/lib/paths";
import { credentialInWords, FlowCredentialState, FlowState } from "./flow-state";

type Props = {
  flow: FlowSummary;
  now: Date;
  /** Whether a check of its credential would be sent at all. */
  stop: CheckStop | null;
  check: FormAction<null, FailedCheck>;
};

/** What is known of one source or destination. */
export function FlowFacts({ flow, now, stop, check }: Props) {
  const { credential } = flow;
  return (
    <dl className={cardStyle("grid grid-cols-1 gap-x-8 gap-y-5 sm:grid-cols-2")}>
      <Fact name="Connector">{connectorOf(flow.connector).name}</Fact>
      {credential && (
        <Fact name="Server">
          <span className="break-all">{credential.baseUrl}</span>
        </Fact>
      )}
      <Fact name="Credential">
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
            <span className="text-muted">{credentialInWords(flow)}</span>
          )}
          <FlowCredentialState flow={flow} />
          {credential && !credential.isSuspended && (
            <CheckNow action={check} credentialId={credential.id} status={credential.status} stop={stop} />
          )}
        </div>
      </Fact>
      <Fact name="State">
        <span className="flex flex-wrap items-center gap-2">
          <FlowState flow={flow} />
          {flow.paused && (
            <span className="min-w-0 text-sm break-words text-muted">
              <TimeAgo at={flow.paused.since} now={now.toISOString()} />
              {flow.paused.byName && `, by ${flow.paused.byName}`}
            </span>
          )}
        </span>
      </Fact>
      {flow.role !== "owner" && <Fact name="Owner">{flow.ownerName}</Fact>}
      <Fact name="Your role">{flow.role}</Fact>
      <Fact name="Saved">
        <TimeAgo at={flow.createdAt} now={now.toISOString()} />
      </Fact>
    </dl>
  );
}
