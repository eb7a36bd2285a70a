import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";
import { descriptionSchema, nameSchema } from "@/lib/text/names";

/** A team's name and description, as the browser judges them. */
export const teamFormSchema = z.object({
  name: nameSchema("Enter the team's name."),
  description: descriptionSchema,
});

/** Whom to add to a team, as the browser judges it. */
export const addMemberFormSchema = z.object({ email: emailSchema });
