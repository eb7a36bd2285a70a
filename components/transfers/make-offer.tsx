import { ActionButton } from "@/components/portal/action-button";
import { foundGranteesInWords } from "@/components/sharing/found-in-words";
import { GranteeName } from "@/components/sharing/grantee-name";
import { GranteeSearch } from "@/components/sharing/grantee-search";
import { ButtonLink } from "@/components/ui/buttons";
import { cardStyle, RowList } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import { transferPath } from "@/lib/paths";
import type { OwnersSide } from "@/lib/transfers/types";
import type { DirectoryEntry } from "@/lib/users/types";

type Props = { credentialId: string; searched: string; found: readonly DirectoryEntry[] };

/** Finds the new owner for an ownership transfer: a user, since teams own nothing. */
export function ChooseRecipient({ credentialId, searched, found }: Props) {
  const path = transferPath(credentialId);
  const users = found.filter((entry) => entry.kind === "person");
  return (
    <div className="flex flex-col gap-4">
      <GranteeSearch
        label="New owner"
        searched={searched}
        found={searched ? foundGranteesInWords(users.length, searched, "Nobody") : null}
      />
      {users.length > 0 && (
        <RowList aria-label="Found">
          {users.map((user) => (
            <li
              key={user.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3"
            >
              <GranteeName kind="person" name={user.name} detail={user.email} />
              <ButtonLink href={`${path}?${new URLSearchParams({ q: searched, to: user.id })}`}>
                Choose<span className="sr-only"> {user.name}</span>
              </ButtonLink>
            </li>
          ))}
        </RowList>
      )}
    </div>
  );
}

type ConfirmOfferProps = {
  credentialId: string;
  credentialName: string;
  to: DirectoryEntry;
  offer: FormAction<unknown>;
};

/** Says what the ownership transfer means before the offer is made. */
export function ConfirmOffer({ credentialId, credentialName, to, offer }: ConfirmOfferProps) {
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
        <ButtonLink href={transferPath(credentialId)} look="quiet">
          Choose another person
        </ButtonLink>
      </div>
    </div>
  );
}

type OpenOfferProps = {
  credentialId: string;
  open: NonNullable<OwnersSide["open"]>;
  now: Date;
  withdraw: FormAction<null>;
};

/** The pending offer, with a button to withdraw it. */
export function OpenOffer({ credentialId, open, now, withdraw }: OpenOfferProps) {
  return (
    <div className="flex flex-col gap-5">
      <Notice kind="info" title={`Offered to ${open.toName}`}>
        <p>
          <TimeAgo at={open.offeredAt} now={now.toISOString()} />. You stay the owner until {open.toName}{" "}
          accepts.
        </p>
      </Notice>
      <ActionButton action={withdraw} fields={{ credentialId, transferId: open.id }}>
        Withdraw the offer
      </ActionButton>
    </div>
  );
}
