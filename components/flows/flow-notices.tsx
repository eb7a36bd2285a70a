import Link from "next/link";
import { News } from "@/components/ui/news";
import { Notice } from "@/components/ui/notice";
import { mayOnFlow } from "@/lib/endpoints/policy";
import type { FlowSummary, StopReason } from "@/lib/endpoints/types";
import { flowPaths } from "@/lib/paths";

/** Says of a source or destination that it is saved, and with which credential. */
export function SavedFlowNotice({ flow }: { flow: FlowSummary }) {
  return (
    <News title={`“${flow.name}” is saved`} parameter="saved">
      {flow.credential && `It uses the credential “${flow.credential.name}”.`}
    </News>
  );
}

/** Says of a source or destination why nothing runs it, and who can do what about it. */
export function StoppedNotice({ flow }: { flow: FlowSummary }) {
  if (!flow.stopped) return null;
  const { title, cure } = words[flow.stopped](flow);
  // With an owner who is kept out no credential helps.
  const canHelp = flow.stopped !== "owner-disabled" && mayOnFlow(flow.role, "edit");
  return (
    <Notice kind="warn" title={title}>
      <p>{cure}</p>
      {canHelp && (
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

const words: Record<StopReason, (flow: FlowSummary) => { title: string; cure: string }> = {
  "owner-disabled": ({ direction, ownerName }) => ({
    title: `The account of ${ownerName} is disabled`,
    cure: `A data ${direction} runs as its owner, so this one does not run until a portal administrator enables the account again. To go on without it, make one of your own.`,
  }),
  "credential-deleted": ({ direction, ownerName, role }) => ({
    title: "The credential was deleted",
    cure: `It was no longer shared with ${role === "owner" ? "you" : ownerName} when its owner deleted it. This data ${direction} does not run until another credential is chosen.`,
  }),
  "credential-lost": ({ direction, ownerName, role }) =>
    role === "owner"
      ? {
          title: "The credential is no longer shared with you",
          cure: `This data ${direction} does not run until you choose another credential, or whoever shared it with you shares it again.`,
        }
      : {
          title: `${ownerName} may no longer use the credential`,
          cure: `This data ${direction} does not run until another credential is chosen, or the credential is shared with its owner again.`,
        },
  "credential-suspended": ({ direction }) => ({
    title: "The credential is suspended",
    cure: `The account of the credential's owner is disabled, so nobody uses it. This data ${direction} does not run until another credential is chosen, or a portal administrator enables the account again.`,
  }),
};
