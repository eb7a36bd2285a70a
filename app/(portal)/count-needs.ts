import { cache } from "react";
import type { Actor } from "@/lib/actor";
import { database } from "@/lib/db/client";
import { readNeedCounts } from "@/lib/overview/queries";

/** How much needs the user: for the menu and the start page, read once for both. */
export const countNeeds = cache(async (actor: Actor) => readNeedCounts(await database(), actor));
