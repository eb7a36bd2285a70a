import { Server, UserRound, UsersRound } from "lucide-react";
import { ShareTextLink } from "@/components/sharing/share-links";
import { TimeAgo } from "@/components/ui/time-ago";
import { mayOnCredential } from "@/lib/credentials/policy";
import type { CredentialTile as Tile } from "@/lib/credentials/types";
import { AccountName } from "./server-account";
import { StatusBadge } from "./status-badge";

type Props = {
  tile: Tile;
  selected: boolean;
  /** Takes the focus right after Save, when the form that had the focus is gone. */
  focused: boolean;
  now: Date;
};

/**
 * One credential as a radio button the size of a card. Its accessible name is the credential's name; the rest describes
 * it.
 */
export function CredentialTile({ tile, selected, focused, now }: Props) {
  const id = `credential-${tile.id}`;
  return (
    <label
      htmlFor={id}
      className="group relative flex min-h-44 cursor-pointer has-disabled:cursor-not-allowed flex-col gap-3 rounded-2xl border border-line bg-surface p-5 pb-8 shadow-rest transition hover:border-line-strong hover:shadow-lift has-checked:border-accent has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
    >
      <span className="flex items-start gap-3">
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span id={`${id}-name`} className="line-clamp-2 font-semibold break-words" title={tile.name}>
            {tile.name}
          </span>
        </span>
        <input
          type="radio"
          name="credential"
          value={tile.id}
          id={id}
          required
          // The badge says why, and the tile's link leads to more details.
          disabled={tile.isSuspended}
          defaultChecked={selected && !tile.isSuspended}
          // biome-ignore lint/a11y/noAutofocus: only after Save, where the focus would fall back to the top of the page
          autoFocus={focused}
          aria-labelledby={`${id}-name`}
          aria-describedby={`${id}-about`}
          // The browser scrolls to the focused radio button; the margin keeps the rest of its tile in view.
          className="mt-0.5 size-4.5 shrink-0 scroll-mt-6 scroll-mb-80 accent-accent outline-none"
        />
      </span>
      <span id={`${id}-about`} className="flex flex-1 flex-col gap-3">
        {tile.description && (
          <span className="line-clamp-2 text-sm break-words text-muted" title={tile.description}>
            {tile.description}
          </span>
        )}
        <span className="flex flex-col gap-1.5 text-sm">
          <span className="flex items-start gap-2">
            <Server aria-hidden className="mt-0.75 size-3.5 shrink-0 text-muted" />
            <span className="line-clamp-3 min-w-0 break-all" title={tile.baseUrl}>
              <span className="sr-only">Server: </span>
              {tile.baseUrl}
              {tile.serverVersion && (
                <span className="whitespace-nowrap text-muted"> · {tile.serverVersion}</span>
              )}
            </span>
          </span>
          <span className="flex items-start gap-2">
            <UserRound aria-hidden className="mt-0.75 size-3.5 shrink-0 text-muted" />
            <AccountName tile={tile} />
          </span>
          {tile.teams.length > 0 && (
            <span className="flex items-start gap-2">
              <UsersRound aria-hidden className="mt-0.75 size-3.5 shrink-0 text-muted" />
              <span className="line-clamp-2 min-w-0 break-words" title={tile.teams.join(", ")}>
                <span className="sr-only">Team: </span>
                {tile.teams.join(", ")}
              </span>
            </span>
          )}
        </span>
        <span className="mt-auto flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5 pt-1 text-xs text-muted">
          <span className="inline-flex items-center gap-2">
            <StatusBadge credential={tile} />
            {tile.checkedAt && <TimeAgo at={tile.checkedAt} now={now.toISOString()} />}
          </span>
          <span className="max-w-full truncate" title={`Owner: ${tile.ownerName}`}>
            <span className="sr-only">Owner: </span>
            {tile.ownerName}
            {tile.role !== "owner" && (
              <>
                {" · "}
                <span className="sr-only">your role: </span>
                {tile.role}
              </>
            )}
          </span>
        </span>
        {tile.isSuspended && (
          <span className="text-xs text-bad">Its owner's account is disabled, so it cannot be used.</span>
        )}
        {tile.serverUnreachableSince && (
          <span className="text-xs text-warn">
            Server unreachable since <TimeAgo at={tile.serverUnreachableSince} now={now.toISOString()} />
          </span>
        )}
      </span>
      {/* Only on the selected or hovered tile, so that other tiles add no keyboard stop before Next. */}
      <ShareTextLink
        thing={{ kind: "credential", id: tile.id }}
        name={tile.name}
        mayShare={mayOnCredential(tile.role, "share")}
        className="invisible absolute right-5 bottom-2 my-0 py-1 text-xs group-hover:visible group-has-checked:visible"
      />
    </label>
  );
}
