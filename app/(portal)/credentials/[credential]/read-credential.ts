import { notFound } from "next/navigation";
import { cache } from "react";
import { requireActor } from "@/lib/auth/require-actor";
import { findCredentialDetails } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";
import { credentialPath } from "@/lib/paths";

/** The credential of a page, or "not found". Title and page need the same row, so it is read once per request. */
export const readCredential = cache(async (id: string) => {
  const actor = await requireActor(credentialPath(id));
  const credential = (await findCredentialDetails(await database(), actor, id)) ?? notFound();
  return { actor, credential };
});
