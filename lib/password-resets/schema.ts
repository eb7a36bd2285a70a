import { z } from "zod";
import { newPasswordSchema } from "@/lib/auth/new-password";

/** What making a link takes: whose password it is for. */
export const makeResetSchema = z.object({ userId: z.guid() });

/** What taking a link back takes. */
export const resetIdSchema = z.object({ resetId: z.guid() });

/** The token in a link: 32 random bytes. */
export const resetTokenSchema = z.string().regex(/^[\w-]{43}$/);

/** What setting a new password takes; the token is in a cookie, never in the form. */
export const resetPasswordSchema = z.object({ newPassword: newPasswordSchema });
