import "server-only";
import { notFound } from "next/navigation";
import type { Actor } from "@/lib/actor";
import { requireActor } from "./require-actor";

/** The portal administrator of this request; for all other signed-in users the page does not exist. */
export async function requireAdministrator(returnTo: string): Promise<Actor> {
  const actor = await requireActor(returnTo);
  return actor.isAdministrator ? actor : notFound();
}
