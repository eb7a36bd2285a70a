import { ActionButton } from "@/components/portal/action-button";
import { Notice } from "@/components/ui/notice";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import type { OwnersSide } from "@/lib/transfers/types";

type Props = {
  credentialId: string;
  open: NonNullable<OwnersSide["open"]>;
  now: Date;
  withdraw: FormAction<null>;
};

/** The offer that waits for an answer, and the way to take it back. */
export function OpenOffer({ credentialId, open, now, withdraw }: Props) {
  return (
    <div className="flex flex-col gap-5">
      <Notice kind="info" title={`Offered to ${open.toName}`}>
        <p>
          <TimeAgo at={open.offeredAt} now={now.toISOString()} />. You stay the owner until {open.toName}{" "}
          accepts.
        </p>
      </Notice>
      <ActionButton action={withdraw} fields={{ credentialId, handoverId: open.id }}>
        Withdraw the offer
      </ActionButton>
    </div>
  );
}
