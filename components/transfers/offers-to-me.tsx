import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { TimeAgo } from "@/components/ui/time-ago";
import { transferPath } from "@/lib/paths";
import type { OfferToMe } from "@/lib/transfers/types";

/** The ownership transfers offered to the user, each with a link to view and answer it. */
export function OffersToMe({ offers, now }: { offers: readonly OfferToMe[]; now: Date }) {
  return offers.map(({ credentialId, credentialName, fromName, offeredAt }) => (
    <Notice
      key={credentialId}
      kind="info"
      title={`${fromName} wants to hand the credential “${credentialName}” over to you`}
    >
      <p>
        Offered <TimeAgo at={offeredAt} now={now.toISOString()} />.{" "}
        <Link
          href={transferPath(credentialId)}
          className="font-medium text-accent underline underline-offset-4"
        >
          Look at it<span className="sr-only">, “{credentialName}”,</span> and answer
        </Link>
      </p>
    </Notice>
  ));
}
