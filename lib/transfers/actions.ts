"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { credentialPath, handoverPath } from "@/lib/paths";
import { acceptHandover, declineHandover, offerHandover, withdrawHandover } from "./mutations";
import { acceptSchema, offerSchema, openOfferSchema } from "./schema";

export const offerHandoverAction = defineAction(
  offerSchema,
  async (actor, input) => {
    await offerHandover(await database(), actor, input);
    return done(input);
  },
  { redirectTo: ({ credentialId }) => handoverPath(credentialId) },
);

export const withdrawHandoverAction = defineAction(openOfferSchema, async (actor, input) => {
  // Also whoever is told of a conflict sees how things stand.
  refresh();
  await withdrawHandover(await database(), actor, input);
  return done(null);
});

export const declineHandoverAction = defineAction(
  openOfferSchema,
  async (actor, input) => {
    await declineHandover(await database(), actor, input);
    return done(null);
  },
  { redirectTo: () => "/" },
);

export const acceptHandoverAction = defineAction(
  acceptSchema,
  async (actor, input) => {
    await acceptHandover(await database(), actor, input);
    return done(input);
  },
  { keep: keepFields("name"), redirectTo: ({ credentialId }) => credentialPath(credentialId) },
);
