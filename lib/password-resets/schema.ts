import { z } from "zod";
import { newPasswordSchema } from "@/lib/auth/new-password";

/** The form that creates a link for a user. */
export const makeResetSchema = z.object({ userId: z.guid() });

/** The form that revokes a link. */
export const resetIdSchema = z.object({ resetId: z.guid() });

/** The token in a link: 32 random bytes. */
export const resetTokenSchema = z.string().regex(/^[\w-]{43}$/);

/** The form of the new password; the token is in a cookie, never in the form. */
export const resetPasswordSchema = z.object({ newPassword: newPasswordSchema });
