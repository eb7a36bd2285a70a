import { notFound } from "next/navigation";
import { cache } from "react";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { findEndpoint } from "@/lib/endpoints/queries";
import { directionOf } from "@/lib/paths";

/**
 * The source or destination of a tab's page, read once per request, because title, header and page need it; a 404 if
 * the user may not see it. `tab` is the rest of the address, such as "/runs".
 */
export const readEndpoint = cache(async (segment: string, id: string, tab: string) => {
  const direction = directionOf(segment) ?? notFound();
  const actor = await requireActor(`/${segment}/${encodeURIComponent(id)}${tab}`);
  const endpoint = (await findEndpoint(await database(), actor, direction, id)) ?? notFound();
  return { actor, endpoint };
});

/** Like `readEndpoint`, for the pages that only destinations have. */
export async function readDestination(segment: string, id: string, tab: string) {
  const found = await readEndpoint(segment, id, tab);
  return found.endpoint.direction === "destination" ? found : notFound();
}

/** Like `readEndpoint`, for the tabs that only sources have. */
export async function readSource(segment: string, id: string, tab: string) {
  const found = await readEndpoint(segment, id, tab);
  return found.endpoint.direction === "source" ? found : notFound();
}
