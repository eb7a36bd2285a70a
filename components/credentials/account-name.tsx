import { classNames } from "@/components/ui/class-names";
import type { CredentialTile } from "@/lib/credentials/types";

type Props = {
  tile: Pick<CredentialTile, "account" | "username" | "method">;
  /** Shows a long name whole, where the page is about this one credential. */
  isWhole?: boolean;
};

/** The account that the server recognised; before that, what was typed. */
export function AccountName({ tile, isWhole = false }: Props) {
  const look = classNames("min-w-0 break-words", !isWhole && "line-clamp-2");
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
