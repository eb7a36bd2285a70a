import { classNames } from "@/components/ui/class-names";
import type { CredentialTile } from "@/lib/credentials/types";

type Props = {
  tile: Pick<CredentialTile, "account" | "username" | "method">;
  /** Shows a long name in full, on the page of this credential. */
  isWhole?: boolean;
};

/** The account that the server reported; until then, the typed user name. */
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

type AccountPictureProps = {
  /** The address of the account's avatar; null if the server gave none. */
  src: string | null;
  /** The name whose initials are shown. Text from outside. */
  name: string;
};

/** An account's avatar, or its initials. Hidden from screen readers, because the name is next to it. */
export function AccountPicture({ src, name }: AccountPictureProps) {
  if (src === null) {
    return (
      <span
        aria-hidden
        className="grid size-10 shrink-0 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent"
      >
        {initialsOf(name)}
      </span>
    );
  }
  const look = "size-10 shrink-0 rounded-full bg-sunken object-cover";
  // biome-ignore lint/performance/noImgElement: bytes from another server, which no image library of ours should open
  return <img src={src} alt="" width={40} height={40} className={look} />;
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/u).filter((word) => word !== "");
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => Array.from(word ?? "")[0]?.toUpperCase() ?? "").join("");
}
