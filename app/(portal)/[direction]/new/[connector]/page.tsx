import type { Metadata } from "next";
import { AuthenticateScreen } from "@/components/credentials/authenticate-screen";
import { SavedNotice } from "@/components/credentials/credential-notices";
import { shownTileOf } from "@/components/credentials/shown-tile";
import { requireActor } from "@/lib/auth/require-actor";
import { findCredentialTile, listCredentialTiles, listEqualSecrets } from "@/lib/credentials/queries";
import { choiceFilterSchema, tileGroupSchema } from "@/lib/credentials/schema";
import { unusableAs } from "@/lib/credentials/shown-status";
import { countTileGroups } from "@/lib/credentials/tile-groups";
import { database } from "@/lib/db/client";
import { parseStart } from "@/lib/paging";
import { withCredential, wizardPaths } from "@/lib/paths";
import { searchSchema } from "@/lib/text/search";
import { only, type SearchParams } from "@/lib/text/search-param";
import { wizardOf } from "../wizard-of";

export const metadata: Metadata = { title: "Authenticate" };

type Props = {
  params: Promise<{ direction: string; connector: string }>;
  searchParams: SearchParams<
    "credential" | "saved" | "refused" | "after" | "before" | "show" | "q" | "server"
  >;
};

export default async function AuthenticatePage({ params, searchParams }: Props) {
  const { direction, connector } = wizardOf(await params);
  const { credential, saved, refused, show, q, ...asked } = only(await searchParams);
  const paths = wizardPaths(direction, connector.slug);
  const actor = await requireActor(
    credential ? withCredential(paths.authenticate, credential) : paths.authenticate,
  );
  const db = await database();
  const now = new Date().toISOString();
  const server = choiceFilterSchema.parse(asked.server);
  const wanted = {
    group: tileGroupSchema.parse(show),
    q: searchSchema.parse(q),
    server,
    kind: connector.slug,
  };
  const isSaved = saved === "1" && credential !== undefined;
  const [tiles, groups, chosen, equals] = await Promise.all([
    listCredentialTiles(db, actor, parseStart(asked), wanted),
    countTileGroups(db, actor),
    credential ? findCredentialTile(db, actor, credential) : null,
    isSaved ? listEqualSecrets(db, actor, credential) : [],
  ]);
  return (
    <AuthenticateScreen
      direction={direction}
      connector={connector}
      tiles={{ ...tiles, items: tiles.items.map(shownTileOf) }}
      chosen={chosen && shownTileOf(chosen)}
      shownGroup={wanted.group.kind === "all" ? "" : (show ?? "")}
      text={wanted.q}
      server={server}
      groups={groups}
      saved={isSaved && chosen && <SavedNotice credential={chosen} equals={equals} />}
      isRefused={refused === "1" && chosen !== null && unusableAs(chosen, now) !== null}
      now={now}
    />
  );
}
