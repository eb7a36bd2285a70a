import { z } from "zod";
import { typedPasswordSchema } from "@/lib/auth/schema";

/** The browser's schema of a new password; only the server knows whether it is a common one. */
export const resetPasswordFormSchema = z.object({ newPassword: typedPasswordSchema });
