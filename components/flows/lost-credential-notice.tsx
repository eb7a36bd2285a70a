import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { flowPaths } from "@/lib/connectors";
import { mayOnFlow } from "@/lib/flows/policy";
import type { FlowSummary } from "@/lib/flows/types";

/** Says of a source or destination that its owner may not use its credential any more, and who can do what about it. */
export function LostCredentialNotice({ flow }: { flow: FlowSummary }) {
  if (flow.ownerMayUse) return null;
  const isOwner = flow.role === "owner";
  return (
    <Notice
      kind="warn"
      title={
        isOwner
          ? "The credential is no longer shared with you"
          : `${flow.ownerName} may no longer use the credential`
      }
    >
      <p>
        This data {flow.direction} does not run until{" "}
        {isOwner
          ? "you choose another credential, or whoever shared it with you shares it again."
          : "another credential is chosen, or the credential is shared with its owner again."}
      </p>
      {mayOnFlow(flow.role, "edit") && (
        <p>
          <Link
            href={flowPaths(flow.direction, flow.id).edit}
            prefetch={false}
            className="font-medium text-accent underline underline-offset-4"
          >
            Choose another credential
          </Link>
        </p>
      )}
    </Notice>
  );
}
