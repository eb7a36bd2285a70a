import type { ReactNode } from "react";
import { ShareTextLink } from "@/components/sharing/share-links";
import { TitleLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import { mayOnCredential } from "@/lib/credentials/policy";
import type { ListedCredential } from "@/lib/credentials/types";
import { credentialPath } from "@/lib/paths";
import { AccountName } from "./server-account";
import { StatusBadge } from "./status-badge";

type Props = { credential: ListedCredential; now: Date };

/** One credential of the list. As a card on narrow screens it labels each value. */
export function CredentialRow({ credential, now }: Props) {
  const { id, name, description, baseUrl, serverVersion, checkedAt, serverUnreachableSince } = credential;
  return (
    <tr className="align-top max-lg:flex max-lg:flex-col max-lg:gap-2 max-lg:px-5 max-lg:py-4">
      <th scope="row" className="text-left font-normal lg:px-4 lg:py-3.5 lg:pl-5">
        <TitleLink href={credentialPath(id)} className="text-base lg:text-sm">
          {name}
        </TitleLink>
        {description && <p className="line-clamp-2 break-words text-muted">{description}</p>}
      </th>
      <Cell>
        <span className="flex min-w-0 flex-col gap-0.5">
          <span className="break-all">
            {baseUrl}
            {serverVersion && <span className="whitespace-nowrap text-muted"> · {serverVersion}</span>}
          </span>
          <AccountName tile={credential} />
          {serverUnreachableSince && (
            <span className="text-warn">
              Server unreachable since <TimeAgo at={serverUnreachableSince} now={now.toISOString()} />
            </span>
          )}
        </span>
      </Cell>
      <Cell>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted lg:flex-col lg:items-start">
          <StatusBadge credential={credential} />
          {checkedAt && <TimeAgo at={checkedAt} now={now.toISOString()} />}
        </span>
      </Cell>
      <Cell label="Owner">
        <span className="break-words">{credential.ownerName}</span>
      </Cell>
      <Cell label="Your role">
        <span className="flex flex-wrap gap-x-3 lg:flex-col lg:items-start">
          {credential.role}
          <ShareTextLink
            thing={{ kind: "credential", id }}
            name={name}
            mayShare={mayOnCredential(credential.role, "share")}
          />
        </span>
      </Cell>
      <Cell label="Used by you">{credential.ownUses === 0 ? "not used" : credential.ownUses}</Cell>
    </tr>
  );
}

function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <td className="min-w-0 max-lg:flex max-lg:gap-1.5 lg:px-4 lg:py-3.5">
      {label && (
        <span aria-hidden className="shrink-0 text-muted lg:hidden">
          {label}:
        </span>
      )}
      {children}
    </td>
  );
}
