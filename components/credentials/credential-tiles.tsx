import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { mayOnCredential } from "@/lib/credentials/policy";
import { unusableAs } from "@/lib/credentials/shown-status";
import { unusableInWords } from "@/lib/credentials/unusable-words";
import { sharePath } from "@/lib/paths";
import { AccountName, SeenBefore } from "./account-name";
import type { ShownTile } from "./shown-tile";
import { StatusAge } from "./status-age";
import { StatusBadge } from "./status-badge";
import { Tags } from "./tags";
import { TileCure } from "./tile-cure";
import { UnreachableSince } from "./unreachable-since";

type Props = {
  tiles: readonly ShownTile[];
  /** The credential that is selected, if any. */
  selectedId: string | undefined;
  /** Focuses the selected one: right after Save, when the form that had the focus is gone. */
  takesFocus: boolean;
  /** True if Next was pressed with the selected one, although it cannot be used. */
  isRefused: boolean;
  /** ISO 8601. */
  now: string;
};

/**
 * Credentials as radio buttons the size of cards. Their classes are in globals.css, because written out on each tile they
 * were a fifth of the page.
 */
export function CredentialTiles({ tiles, selectedId, takesFocus, isRefused, now }: Props) {
  return (
    <div role="radiogroup" aria-label="Credentials" data-matches className="contents">
      {tiles.map((tile) => {
        const isSelected = tile.id === selectedId;
        return (
          <Tile
            key={tile.id}
            tile={tile}
            selected={isSelected}
            focused={takesFocus && isSelected}
            isRefused={isRefused && isSelected}
            now={now}
          />
        );
      })}
    </div>
  );
}

type TileProps = {
  tile: ShownTile;
  selected: boolean;
  focused: boolean;
  /** True if Next was pressed with it, although it cannot be used. */
  isRefused: boolean;
  now: string;
};

/** Its accessible name is the credential's name; the rest describes it. */
function Tile({ tile, selected, focused, isRefused, now }: TileProps) {
  const unusable = unusableAs(tile, now);
  const id = `credential-${tile.id}`;
  return (
    <label htmlFor={id} className="tile">
      <span className="tile-head">
        <span id={`${id}-name`} className="tile-name" title={tile.name}>
          {tile.name}
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
          aria-invalid={isRefused || undefined}
          className="tile-radio"
        />
      </span>
      <span id={`${id}-about`} className="tile-about">
        {tile.description && (
          <span className="tile-description" title={tile.description}>
            {tile.description}
          </span>
        )}
        <Tags tags={tile.tags} />
        <TileFacts tile={tile} now={now} />
        <span className="tile-foot">
          <span className="tile-status">
            <StatusBadge credential={tile} now={now} />
            <StatusAge credential={tile} now={now} />
          </span>
          <span className="tile-owner" title={`Owner: ${tile.ownerName}`}>
            <span className="sr-only">Owner: </span>
            {tile.ownerName}
            {tile.role !== "owner" && (
              <>
                {" · "}
                <span className="sr-only">your role: </span>
                <span aria-hidden>you: </span>
                {tile.role}
              </>
            )}
          </span>
        </span>
        {unusable === "suspended" && (
          <span className="text-xs text-bad">{unusableInWords(unusable, tile)}</span>
        )}
        <UnreachableSince since={tile.serverUnreachableSince} now={now} />
        {unusable && unusable !== "suspended" && (
          <TileCure tile={tile} unusable={unusable} isAlert={isRefused} />
        )}
      </span>
      {/* Only on the selected or hovered tile, so that other tiles add no keyboard stop before Next. */}
      <Link href={sharePath({ kind: "credential", id: tile.id })} scroll={false} className="tile-share">
        {mayOnCredential(tile.role, "share") ? "Share" : "Who has access"}
        <span className="sr-only">: {tile.name}</span>
      </Link>
    </label>
  );
}

function TileFacts({ tile, now }: Pick<TileProps, "tile" | "now">) {
  return (
    <span className="tile-facts">
      <span className="tile-fact">
        <Icon name="server" />
        <span className="tile-server" title={tile.baseUrl}>
          <span className="sr-only">Server: </span>
          {tile.baseUrl}
          {tile.serverVersion && <span className="tile-version"> · {tile.serverVersion}</span>}
        </span>
      </span>
      <span className="tile-fact">
        <Icon name="user-round" />
        <span className="flex min-w-0 flex-col">
          <AccountName tile={tile} />
          <SeenBefore factsAt={tile.factsAt} now={now} />
        </span>
      </span>
      {tile.teams.length > 0 && (
        <span className="tile-fact">
          <Icon name="users-round" />
          <span className="tile-team" title={tile.teams.join(", ")}>
            <span className="sr-only">Team: </span>
            {tile.teams.join(", ")}
          </span>
        </span>
      )}
    </span>
  );
}
