import { z } from "zod";
import { acceptFormSchema } from "./form-schema";

/** An owner's offer of a credential to a person. */
export const offerSchema = z.object({
  credentialId: z.guid(),
  toUserId: z.guid("Choose a person from the search."),
});

/** An open offer, as it was seen: to withdraw it or to decline it. */
export const openOfferSchema = z.object({ credentialId: z.guid(), transferId: z.guid() });

/** The acceptance of an offer, with the name that the credential will have among one's own. */
export const acceptSchema = openOfferSchema.extend(acceptFormSchema.shape);

export type OfferInput = z.output<typeof offerSchema>;
export type OpenOfferInput = z.output<typeof openOfferSchema>;
export type AcceptInput = z.output<typeof acceptSchema>;
