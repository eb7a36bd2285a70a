import { notFound } from "next/navigation";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { type Addressed, sharePath } from "@/lib/paths";
import {
  changeGrantRoleAction,
  confirmGrantAction,
  leaveAction,
  revokeAction,
  revokeUnbackedAction,
  shareAction,
  undoRevokeAction,
} from "@/lib/sharing/actions";
import { findAccess } from "@/lib/sharing/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import { searchUsersAndTeams } from "@/lib/users/queries";

/**
 * What the Share dialog shows, as an overlay and as the page at `path`; a 404 if the user may not see the item.
 */
export async function readSharing(thing: Addressed, search: SearchParams<"q">, path = sharePath(thing)) {
  const { q = "" } = only(await search);
  const actor = await requireActor(path);
  const db = await database();
  const access = (await findAccess(db, actor, thing)) ?? notFound();
  if (thing.kind === "endpoint" && access.direction !== thing.direction) notFound();
  const searched = q.trim();
  return {
    thing,
    access,
    searched,
    found: access.mayShare && searched !== "" ? await searchUsersAndTeams(db, actor, searched) : [],
    now: new Date().toISOString(),
    actions: {
      share: shareAction,
      changeRole: changeGrantRoleAction,
      revoke: revokeAction,
      undoRevoke: undoRevokeAction,
      revokeUnbacked: revokeUnbackedAction,
      confirm: confirmGrantAction,
      leave: leaveAction,
    },
  };
}
