import { FlashMessage } from "@/components/ui/flash-message";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { EndpointSummary, StopReason } from "@/lib/endpoints/types";
import { endpointPaths } from "@/lib/paths";

/** Says that a source or destination is saved, and with which credential. */
export function SavedEndpointNotice({ endpoint }: { endpoint: EndpointSummary }) {
  return (
    <FlashMessage title={`“${endpoint.name}” is saved`} parameter="saved">
      {endpoint.credential && `It uses the credential “${endpoint.credential.name}”.`}
    </FlashMessage>
  );
}

/** Says why a source or destination does not run, and who can change that. */
export function StoppedNotice({ endpoint }: { endpoint: EndpointSummary }) {
  if (!endpoint.stopped) return null;
  const { title, cure } = words[endpoint.stopped](endpoint);
  // With a disabled owner no other credential helps.
  const canHelp = endpoint.stopped !== "owner-disabled" && mayOnEndpoint(endpoint.role, "edit");
  return (
    <Notice kind="warn" title={title}>
      <p>{cure}</p>
      {canHelp && (
        <p>
          <Link
            href={endpointPaths(endpoint.direction, endpoint.id).edit}
            className="font-medium text-accent underline underline-offset-4"
          >
            Choose another credential
          </Link>
        </p>
      )}
    </Notice>
  );
}

const words: Record<StopReason, (endpoint: EndpointSummary) => { title: string; cure: string }> = {
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
          cure: `This data ${direction} does not run until you choose another credential, or it is shared with you again.`,
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
