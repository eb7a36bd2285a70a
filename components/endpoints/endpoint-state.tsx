import { StatusBadge } from "@/components/credentials/status-badge";
import { RunBadge } from "@/components/runs/run-badge";
import { Badge } from "@/components/ui/badge";
import type { EndpointSummary, StopReason } from "@/lib/endpoints/types";
import type { LatestRun } from "@/lib/runs/latest";

/** The state of a source or destination in one word. */
export function EndpointState({
  endpoint,
}: {
  endpoint: Pick<EndpointSummary, "paused" | "stopped" | "refused">;
}) {
  if (endpoint.paused) return <Badge tone="warn" icon="circle-pause" label="paused" />;
  if (endpoint.stopped || endpoint.refused) return <Badge tone="bad" icon="circle-stop" label="stopped" />;
  return <Badge tone="plain" icon="circle-play" label="active" />;
}

const looks = {
  "owner-disabled": { icon: "user-x", label: "owner disabled" },
  "credential-deleted": { icon: "unplug", label: "credential deleted" },
  "credential-lost": { icon: "unplug", label: "no credential" },
  "credential-suspended": { icon: "circle-slash", label: "credential suspended" },
} as const satisfies Record<StopReason, unknown>;

/** Why a source or destination cannot use its credential, else the credential's status if the user may see it. */
export function EndpointCredentialState({ endpoint }: { endpoint: EndpointSummary }) {
  if (endpoint.stopped) return <Badge tone="bad" {...looks[endpoint.stopped]} />;
  return endpoint.credential && <StatusBadge credential={endpoint.credential} />;
}

/** The state of a source's newest run, unless all is well. */
export function EndpointRunState({ run }: { run: LatestRun | undefined }) {
  return !run || run.state === "succeeded" ? null : <RunBadge state={run.state} isRunOf />;
}

/** The name of the credential, or a text for users who may not know it. */
export function credentialInWords({ credential, stopped, role }: EndpointSummary): string {
  if (credential) return credential.name;
  if (stopped === "credential-deleted") return "The credential was deleted";
  return stopped === "credential-lost" && role === "owner"
    ? "The credential is no longer shared with you"
    : "A credential that is not shared with you";
}
