import { Plus } from "lucide-react";
import Link from "next/link";
import { WizardHeader } from "@/components/endpoints/wizard-header";
import { ButtonLink } from "@/components/ui/buttons";
import { OlderLink } from "@/components/ui/list-links";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { CredentialTile as Tile, TileGroups } from "@/lib/credentials/types";
import type { Page } from "@/lib/paging";
import { type Direction, wizardPaths } from "@/lib/paths";
import { SavedNotice } from "./credential-notices";
import { CredentialTile } from "./credential-tile";
import { TileGroupLinks } from "./tile-group-links";

type Props = {
  direction: Direction;
  connector: { slug: ConnectorKind; name: string };
  tiles: Page<Tile>;
  /** The credential named in the address: selected even if it is on another page of the list. */
  chosen: Tile | null;
  justSaved: boolean;
  /** The group in the address; empty for all tiles. */
  shownGroup: string;
  groups: TileGroups;
  now: Date;
};

/** The Authenticate screen: a radio group of tiles and a Next button. A plain form, so it works without script. */
export function AuthenticateScreen({
  direction,
  connector,
  tiles,
  chosen,
  justSaved,
  shownGroup,
  groups,
  now,
}: Props) {
  const paths = wizardPaths(direction, connector.slug);
  const elsewhere = chosen && !tiles.items.some(({ id }) => id === chosen.id);
  const shown = elsewhere ? [chosen, ...tiles.items] : tiles.items;
  return (
    <div className="flex flex-col gap-6">
      <WizardHeader direction={direction} step="authenticate" title="Authenticate" takesFocus={!justSaved}>
        {groups.all === 0 && `Add the first credential for ${connector.name}.`}
        {groups.all > 0 && shown.length > 0 && `Choose the credential for ${connector.name}, or add one.`}
        {groups.all > 0 && shown.length === 0 && "None of your credentials is in this group."}
      </WizardHeader>
      {justSaved && chosen && <SavedNotice credential={chosen} />}
      <TileGroupLinks path={paths.authenticate} groups={groups} shown={shownGroup} chosenId={chosen?.id} />
      {/* Keyed by the choice, so that an address with another choice selects that one. */}
      <form key={chosen?.id} action={paths.details} method="get" className="flex flex-col gap-6">
        <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,17.5rem),1fr))] gap-4">
          <AddCredentialTile href={paths.addCredential} isFirst={groups.all === 0} />
          {shown.length > 0 && (
            <div role="radiogroup" aria-label="Credentials" className="contents">
              {shown.map((tile) => (
                <CredentialTile
                  key={tile.id}
                  tile={tile}
                  selected={tile.id === chosen?.id}
                  focused={justSaved && tile.id === chosen?.id}
                  now={now}
                />
              ))}
            </div>
          )}
        </div>
        <OlderLink
          href={
            tiles.next &&
            `${paths.authenticate}?${new URLSearchParams({ ...(shownGroup && { show: shownGroup }), after: tiles.next })}`
          }
        />
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

/** Opens the Add New Credential overlay; without script, the page with the same form. */
function AddCredentialTile({ href, isFirst }: { href: string; isFirst: boolean }) {
  return (
    <Link
      href={href}
      scroll={false}
      className="flex min-h-44 flex-col items-center justify-center gap-2 rounded-2xl border border-dashed border-line-strong/70 p-5 text-center transition hover:border-accent hover:bg-accent-soft"
    >
      <span className="rounded-full bg-accent-soft p-2.5 text-accent">
        <Plus aria-hidden className="size-5" />
      </span>
      <span className="font-semibold">Add Credential</span>
      <span className="text-sm text-muted">
        {isFirst ? "It takes a minute: an address and an API key." : "For another server or account."}
      </span>
    </Link>
  );
}
