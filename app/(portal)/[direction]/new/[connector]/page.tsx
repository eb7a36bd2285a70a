import type { Metadata } from "next";
import { AuthenticateScreen } from "@/components/credentials/authenticate-screen";
import { requireActor } from "@/lib/auth/require-actor";
import { findCredentialTile, listCredentialTiles } from "@/lib/credentials/queries";
import { tileGroupSchema } from "@/lib/credentials/schema";
import { countTileGroups } from "@/lib/credentials/tile-groups";
import { database } from "@/lib/db/client";
import { parseCursor } from "@/lib/paging";
import { withCredential, wizardPaths } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";
import { wizardOf } from "../wizard-of";

export const metadata: Metadata = { title: "Authenticate" };

type Props = {
  params: Promise<{ direction: string; connector: string }>;
  searchParams: SearchParams<"credential" | "saved" | "after" | "show">;
};

export default async function AuthenticatePage({ params, searchParams }: Props) {
  const { direction, connector } = wizardOf(await params);
  const { credential, saved, after, show } = only(await searchParams);
  const paths = wizardPaths(direction, connector.slug);
  const actor = await requireActor(
    credential ? withCredential(paths.authenticate, credential) : paths.authenticate,
  );
  const db = await database();
  const group = tileGroupSchema.parse(show);
  const [tiles, groups, chosen] = await Promise.all([
    listCredentialTiles(db, actor, parseCursor(after), group, connector.slug),
    countTileGroups(db, actor),
    credential ? findCredentialTile(db, actor, credential) : null,
  ]);
  return (
    <AuthenticateScreen
      direction={direction}
      connector={connector}
      tiles={tiles}
      chosen={chosen}
      shownGroup={group.kind === "all" ? "" : (show ?? "")}
      groups={groups}
      justSaved={saved === "1"}
      now={new Date()}
    />
  );
}
