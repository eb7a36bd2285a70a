import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";

/** The form that names a team. */
export const teamIdSchema = z.object({ teamId: z.guid() });

/** The form of a team's e-mail address, for browser and server. */
export const teamMailFormSchema = teamIdSchema.extend({ email: emailSchema });
