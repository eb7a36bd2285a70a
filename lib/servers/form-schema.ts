import { z } from "zod";

const pemMaxLength = 64 * 1024;

/** The browser's schema of a certificate authority, pasted or as a file: only its length. */
export const authorityTextFormSchema = z.object({
  pem: z.string().max(pemMaxLength, "This is far more than a certificate. Paste one authority.").default(""),
  file: z
    .file()
    .max(pemMaxLength, "This file is far larger than a certificate. Choose one that holds one authority.")
    .optional(),
});
