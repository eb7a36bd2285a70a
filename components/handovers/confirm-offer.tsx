import { ActionButton } from "@/components/portal/action-button";
import { ButtonLink } from "@/components/ui/button-link";
import { cardStyle } from "@/components/ui/card-style";
import type { FormAction } from "@/lib/action-result";
import { handoverPath } from "@/lib/paths";
import type { DirectoryEntry } from "@/lib/users/types";

type Props = {
  credentialId: string;
  credentialName: string;
  to: DirectoryEntry;
  offer: FormAction<unknown>;
};

/** Says what handing over means before the offer is made. */
export function ConfirmOffer({ credentialId, credentialName, to, offer }: Props) {
  return (
    <div className={cardStyle("flex flex-col gap-5")}>
      <h2 className="font-semibold break-words">
        Offer “{credentialName}” to {to.name}?
      </h2>
      <ul className="flex list-disc flex-col gap-1.5 pl-5 text-sm">
        <li>Nothing changes until {to.name} accepts; until then you can withdraw the offer.</li>
        <li>{to.name} can look at what is not secret before answering, and at nothing else.</li>
        <li>
          Afterwards {to.name} owns it. You stay an administrator of it, so your sources and destinations go
          on, until the new owner removes you.
        </li>
        <li>Everybody else keeps the access they have.</li>
      </ul>
      <div className="flex flex-wrap items-start gap-3">
        <ActionButton action={offer} fields={{ credentialId, toUserId: to.id }} look="primary">
          Offer the ownership
        </ActionButton>
        <ButtonLink href={handoverPath(credentialId)} look="quiet">
          Choose somebody else
        </ButtonLink>
      </div>
    </div>
  );
}
