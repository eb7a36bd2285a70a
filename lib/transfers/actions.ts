"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { credentialPath, transferPath } from "@/lib/paths";
import { acceptTransfer, declineTransfer, offerTransfer, withdrawTransfer } from "./mutations";
import { acceptSchema, offerSchema, openOfferSchema } from "./schema";

export const offerTransferAction = defineAction(
  offerSchema,
  async (actor, input) => {
    await offerTransfer(await database(), actor, input);
    return done(input);
  },
  { redirectTo: ({ credentialId }) => transferPath(credentialId) },
);

export const withdrawTransferAction = defineAction(openOfferSchema, async (actor, input) => {
  // On a conflict, the page shows the current state.
  refresh();
  await withdrawTransfer(await database(), actor, input);
  return done(null);
});

export const declineTransferAction = defineAction(
  openOfferSchema,
  async (actor, input) => {
    await declineTransfer(await database(), actor, input);
    return done(null);
  },
  { redirectTo: () => "/" },
);

export const acceptTransferAction = defineAction(
  acceptSchema,
  async (actor, input) => {
    await acceptTransfer(await database(), actor, input);
    return done(input);
  },
  { keep: keepFields("name"), redirectTo: ({ credentialId }) => credentialPath(credentialId) },
);
