import type { CredentialTile } from "@/lib/credentials/types";

/** The account that the server recognised; before that, what was typed. */
export function AccountName({ tile }: { tile: Pick<CredentialTile, "account" | "username" | "method"> }) {
  const { account, username, method } = tile;
  if (account?.name) {
    return (
      <span className="min-w-0 break-words">
        <span className="sr-only">Account: </span>
        {account.displayName ?? account.name}
        {account.displayName && <span className="text-muted"> · {account.name}</span>}
      </span>
    );
  }
  const kind = method === "api-key" ? "API key" : "Password";
  return (
    <span className="min-w-0 break-words text-muted">
      {account
        ? `${kind}, account not named`
        : username
          ? `${kind} of ${username}, not yet proven`
          : `${kind}, not yet proven`}
    </span>
  );
}
