import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";
import { descriptionSchema, nameSchema } from "@/lib/text/names";

/** The browser's schema of a team's name and description. */
export const teamFormSchema = z.object({
  name: nameSchema("Enter the team's name."),
  description: descriptionSchema,
});

/** The browser's schema of the user to add to a team. */
export const addMemberFormSchema = z.object({ email: emailSchema });
