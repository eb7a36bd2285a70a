import { classNames } from "@/components/ui/class-names";
import { TimeAgo } from "@/components/ui/time-ago";
import type { CredentialTile } from "@/lib/credentials/types";

type Props = {
  tile: Pick<CredentialTile, "account" | "username" | "method">;
  /** Shows a long name in full, on the page of this credential. */
  isWhole?: boolean;
};

/** The account that the server reported; until then, the typed user name. */
export function AccountName({ tile, isWhole = false }: Props) {
  const look = classNames("min-w-0 break-words", !isWhole && "account-name");
  const { account, username, method } = tile;
  if (account?.name) {
    return (
      <span className={look} title={[account.displayName, account.name].filter(Boolean).join(" · ")}>
        <span className="sr-only">Account: </span>
        {account.displayName ?? account.name}
        {account.displayName && <span className="text-muted"> · {account.name}</span>}
      </span>
    );
  }
  const kind = method === "api-key" ? "API key" : "Password";
  return (
    <span className={classNames(look, "text-muted")} title={username ?? undefined}>
      {account
        ? `${kind}, account not named`
        : username
          ? `${kind} of ${username}, not yet proven`
          : `${kind}, not yet proven`}
    </span>
  );
}

type SeenBeforeProps = {
  factsAt: CredentialTile["factsAt"];
  /** ISO 8601. */
  now: string;
};

/** When the account was last seen, if the server has refused the credential since. */
export function SeenBefore({ factsAt, now }: SeenBeforeProps) {
  if (factsAt === null) return null;
  return (
    <span className="seen-before text-xs text-muted">
      seen <TimeAgo at={factsAt} now={now} />
    </span>
  );
}
