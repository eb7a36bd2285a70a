import { z } from "zod";
import { acceptFormSchema } from "./form-schema";

/** The owner's offer of a credential to a user. */
export const offerSchema = z.object({
  credentialId: z.guid(),
  toUserId: z.guid("Choose a person from the search."),
});

/** An open offer as the user saw it, to withdraw or decline. */
export const openOfferSchema = z.object({ credentialId: z.guid(), transferId: z.guid() });

/** The acceptance of an offer, with the credential's name among the recipient's own. */
export const acceptSchema = openOfferSchema.extend(acceptFormSchema.shape);

export type OfferInput = z.output<typeof offerSchema>;
export type OpenOfferInput = z.output<typeof openOfferSchema>;
export type AcceptInput = z.output<typeof acceptSchema>;
