import { FlashMessage } from "@/components/ui/flash-message";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { heldInWords } from "./held-in-words";

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
  const held = heldInWords(endpoint);
  if (!held) return null;
  return (
    <Notice kind="warn" title={held.title}>
      <p>{held.cure}</p>
      {held.links.length > 0 && (
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          {held.links.map(({ href, label }) => (
            <Link key={href} href={href} className="font-medium text-accent underline underline-offset-4">
              {label}
            </Link>
          ))}
        </p>
      )}
    </Notice>
  );
}
