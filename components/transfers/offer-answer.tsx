import { StatusBadge } from "@/components/credentials/status-badge";
import { ActionButton } from "@/components/portal/action-button";
import { cardStyle } from "@/components/ui/card";
import { Detail } from "@/components/ui/detail";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { RecipientsSide } from "@/lib/transfers/types";
import { AcceptForm } from "./accept-form";

type Props = {
  offer: RecipientsSide;
  now: Date;
  accept: FormAction<unknown>;
  decline: FormAction<null>;
};

/** A credential offered to the user: its details, what accepting means, Accept and Decline. */
export function OfferAnswer({ offer, now, accept, decline }: Props) {
  const { credentialId, transferId, fromName } = offer;
  const kind = offer.method === "api-key" ? "API key" : "Password";
  return (
    <div className={cardStyle("flex flex-col gap-6")}>
      <dl className="grid grid-cols-1 gap-x-8 gap-y-4 sm:grid-cols-2">
        {offer.description && <Detail name="Description">{offer.description}</Detail>}
        <Detail name="Server">
          <span className="break-all">{offer.baseUrl}</span>
        </Detail>
        <Detail name="Signs in with">{offer.username ? `${kind} of ${offer.username}` : kind}</Detail>
        <Detail name="Status">
          <span className="flex flex-wrap items-center gap-2">
            {/* After acceptance only the new owner's account counts, so the old owner's state is not shown. */}
            <StatusBadge credential={{ status: offer.status, isSuspended: false }} />
            {offer.checkedAt && <TimeAgo at={offer.checkedAt} now={now.toISOString()} />}
          </span>
        </Detail>
        <Detail name="Offered">
          by {fromName} <TimeAgo at={offer.offeredAt} now={now.toISOString()} />
        </Detail>
      </dl>
      <p className="text-sm text-muted">
        If you accept, you own it: you decide who uses it, and only you can hand it on. {fromName} stays an
        administrator of it until you remove them, so what uses it goes on. The secret stays hidden from
        everybody.
      </p>
      <AcceptForm action={accept} offer={offer} />
      <ActionButton action={decline} fields={{ credentialId, transferId }}>
        Decline
      </ActionButton>
    </div>
  );
}
