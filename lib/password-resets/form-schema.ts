import { z } from "zod";
import { typedPasswordSchema } from "@/lib/auth/schema";

/** A new password, as the browser judges it; whether many people use it only the server knows. */
export const resetPasswordFormSchema = z.object({ newPassword: typedPasswordSchema });
