import type { ReactNode } from "react";
import { StatusBadge } from "@/components/credentials/status-badge";
import { TimeAgo } from "@/components/ui/time-ago";
import { connectorOf } from "@/lib/connectors";
import type { FlowSummary } from "@/lib/flows/types";

/** What is known of one source or destination. */
export function FlowFacts({ flow, now }: { flow: FlowSummary; now: Date }) {
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-5 rounded-2xl border border-line bg-surface p-6 shadow-rest sm:grid-cols-2">
      <Fact name="Connector">{connectorOf(flow.connector)?.name}</Fact>
      <Fact name="Server">
        <span className="break-all">{flow.credential.baseUrl}</span>
      </Fact>
      <Fact name="Credential">
        <span className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 break-words">{flow.credential.name}</span>
          <StatusBadge status={flow.credential.status} />
        </span>
      </Fact>
      <Fact name="Saved">
        <TimeAgo at={flow.createdAt} now={now.toISOString()} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
