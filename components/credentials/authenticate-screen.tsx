"use client";

import type { ReactNode } from "react";
import { WizardHeader } from "@/components/endpoints/wizard-header";
import { SearchForm } from "@/components/portal/search-form";
import { ButtonLink } from "@/components/ui/buttons";
import { classNames } from "@/components/ui/class-names";
import { FilterSelect } from "@/components/ui/filter-select";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { PageLinks } from "@/components/ui/list-links";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { unusableAs } from "@/lib/credentials/shown-status";
import type { TileGroups } from "@/lib/credentials/types";
import type { Page } from "@/lib/paging";
import { type Direction, pagePaths, wizardPaths } from "@/lib/paths";
import { foundInWords } from "@/lib/text/count-of";
import { optionsOf } from "./choice-filter";
import { CredentialTiles } from "./credential-tiles";
import type { ShownTile } from "./shown-tile";
import { TileGroupLinks } from "./tile-group-links";

type Props = {
  direction: Direction;
  connector: { slug: ConnectorKind; name: string };
  tiles: Page<ShownTile>;
  /** The credential named in the address: selected even if it is on another page of the list. */
  chosen: ShownTile | null;
  /** What to say about the chosen credential right after it was saved. */
  saved: ReactNode;
  /** True if Next was pressed with the chosen one, although it cannot be used. */
  isRefused: boolean;
  /** The group in the address; empty for all tiles. */
  shownGroup: string;
  /** The search in the address; empty for none. */
  text: string;
  /** The server in the address, by its id or a part of its base URL; null for all. */
  server: string | null;
  groups: TileGroups;
  /** ISO 8601. */
  now: string;
};

/** From this number on, tiles are smaller: most of them are only passed over. */
const manyTiles = 12;

// 1 for those that the server refused or whose key has ended: they come last.
function refusalOf(tile: ShownTile, now: string): 0 | 1 {
  const unusable = unusableAs(tile, now);
  return unusable === null || unusable === "suspended" ? 0 : 1;
}

/**
 * The Authenticate screen: a radio group of tiles and a Next button. A plain form, so it works without script. A client
 * component, so that the page carries its data to the browser and not, a second time, its markup.
 */
export function AuthenticateScreen({
  direction,
  connector,
  tiles,
  chosen,
  saved,
  isRefused,
  shownGroup,
  text,
  server,
  groups,
  now,
}: Props) {
  const paths = wizardPaths(direction, connector.slug);
  // A search shows what it found, and nothing else.
  const isSearch = text !== "" || server !== null;
  const elsewhere = !isSearch && chosen && !tiles.items.some(({ id }) => id === chosen.id);
  const usableFirst = [...tiles.items].sort((one, other) => refusalOf(one, now) - refusalOf(other, now));
  const shown = elsewhere ? [chosen, ...usableFirst] : usableFirst;
  const kept = { show: shownGroup, credential: chosen?.id };
  return (
    <div className="flex flex-col gap-6">
      <WizardHeader
        direction={direction}
        step="authenticate"
        title="Authenticate"
        takesFocus={!saved && !isRefused}
      >
        {groups.all === 0 && `Add the first credential for ${connector.name}.`}
        {groups.all > 0 && shown.length > 0 && `Choose the credential for ${connector.name}, or add one.`}
        {groups.all > 0 &&
          shown.length === 0 &&
          (isSearch ? noneFound : "None of your credentials is in this group.")}
      </WizardHeader>
      {saved}
      {groups.all > 0 && (
        <div className="flex flex-col gap-3">
          <SearchForm
            placeholder="Name, tag or server"
            text={text}
            kept={kept}
            fields={serverField(groups.servers, server)}
            found={foundInWords(tiles, "credential")}
          />
          <TileGroupLinks
            path={paths.authenticate}
            groups={groups}
            shown={shownGroup}
            kept={{ q: text, server, credential: chosen?.id }}
          />
        </div>
      )}
      {/* Keyed by the choice, so that an address with another choice selects that one. */}
      <form key={chosen?.id} action={paths.data} method="get" className="flex flex-col gap-6">
        <div className={classNames("tiles", shown.length >= manyTiles && "is-dense")}>
          <AddCredentialTile href={paths.addCredential} isFirst={groups.all === 0} />
          {shown.length > 0 && (
            <CredentialTiles
              tiles={shown}
              selectedId={chosen?.id}
              takesFocus={Boolean(saved) || isRefused}
              isRefused={isRefused}
              now={now}
            />
          )}
        </div>
        <PageLinks paths={pagePaths(paths.authenticate, tiles, { q: text, server, ...kept })} />
        <div className="sticky bottom-0 -mx-4 flex items-center justify-between gap-3 border-t border-line bg-canvas px-4 py-4 sm:mx-0 sm:px-0">
          <ButtonLink href={paths.start} look="quiet">
            Back
          </ButtonLink>
          {shown.length > 0 && <SubmitButton className="min-w-28">Next</SubmitButton>}
        </div>
      </form>
    </div>
  );
}

const noneFound = "None of your credentials matches. Search for less, or add one.";

// Nothing to choose from one; of too many, the search finds one by its address.
function serverField(servers: TileGroups["servers"], server: string | null) {
  if (servers === null || (servers.length < 2 && server === null)) return null;
  const options = optionsOf(servers, server);
  const controls = <FilterSelect label="Server" name="server" value={server} none="All" options={options} />;
  return { values: { server }, controls };
}

/** Opens the Add New Credential overlay; without script, the page with the same form. */
function AddCredentialTile({ href, isFirst }: { href: string; isFirst: boolean }) {
  return (
    <Link
      href={href}
      scroll={false}
      className="flex min-h-44 in-[.is-dense]:min-h-0 flex-col items-center justify-center gap-2 rounded-2xl border border-dashed border-line-strong/70 p-5 text-center transition hover:border-accent hover:bg-accent-soft"
    >
      <span className="rounded-full bg-accent-soft p-2.5 text-accent">
        <Icon name="plus" className="size-5" />
      </span>
      <span className="font-semibold">Add Credential</span>
      <span className="text-sm text-muted">
        {isFirst ? "It takes a minute: an address and an API key." : "For another server or account."}
      </span>
    </Link>
  );
}
