import { z } from "zod";

/** The form that names one webhook. */
export const webhookIdSchema = z.object({ webhookId: z.guid() });

/** The form of a webhook, for browser and server; only the server knows which addresses the portal may call. */
export const webhookFormSchema = z.object({
  address: z.string().trim().min(1, "Enter the address.").max(2_048, "Use at most 2,048 characters."),
});
