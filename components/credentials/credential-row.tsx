import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { mayOnCredential } from "@/lib/credentials/policy";
import { credentialPath, sharePath } from "@/lib/paths";
import { AccountName, SeenBefore } from "./account-name";
import type { ShownRow } from "./shown-tile";
import { StatusAge } from "./status-age";
import { StatusBadge } from "./status-badge";
import { Tags } from "./tags";
import { UnreachableSince } from "./unreachable-since";

type Props = {
  credential: ShownRow;
  /** ISO 8601. */
  now: string;
};

/** One credential of the list. As a card on narrow screens it labels each value. Its classes are in globals.css. */
export function CredentialRow({ credential, now }: Props) {
  const { id, name, description, tags, baseUrl, serverVersion, serverUnreachableSince } = credential;
  return (
    <tr className="listed linked-row">
      <th scope="row">
        <Link href={credentialPath(id)} className="listed-name row-link" title={name}>
          {name}
        </Link>
        {(description || tags.length > 0) && (
          <p className="listed-about row-second">
            <Tags tags={tags} /> {description}
          </p>
        )}
      </th>
      <td>
        <span className="listed-server">
          <span className="row-first max-lg:break-all">
            {baseUrl}
            {serverVersion && <span className="tile-version"> · {serverVersion}</span>}
          </span>
          <span className="listed-account row-second">
            <AccountName tile={credential} /> <SeenBefore factsAt={credential.factsAt} now={now} />
          </span>
        </span>
      </td>
      <td>
        <span className="listed-status">
          <StatusBadge credential={credential} now={now} />
          <StatusAge credential={credential} now={now} />
          <UnreachableSince since={serverUnreachableSince} now={now} />
        </span>
      </td>
      <Labelled label="Owner">
        <span className="row-first max-lg:break-words">{credential.ownerName}</span>
      </Labelled>
      <Labelled label="Your role">
        <span className="listed-role">
          <span className="row-first">{credential.role}</span>
          <Link href={sharePath({ kind: "credential", id })} scroll={false} className="listed-share">
            {mayOnCredential(credential.role, "share") ? "Share" : "Who has access"}
            <span className="sr-only">: {name}</span>
          </Link>
        </span>
      </Labelled>
      <Labelled label="Used by you">{credential.ownUses === 0 ? "not used" : credential.ownUses}</Labelled>
    </tr>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <td>
      <span aria-hidden className="listed-label">
        {label}:
      </span>
      {children}
    </td>
  );
}
