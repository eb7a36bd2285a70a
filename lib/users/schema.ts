import { z } from "zod";
import { newPasswordSchema } from "@/lib/auth/new-password";
import { stopsSeenSchema } from "@/lib/endpoints/schema";
import { invitationTokenSchema } from "@/lib/invitations/schema";
import { signUpFormSchema } from "./form-schema";

/** The sign-up form. */
export const signUpSchema = z.object({
  ...signUpFormSchema.shape,
  password: newPasswordSchema,
  /** The token of the invitation link that the user followed; empty without one. */
  invitation: z.union([invitationTokenSchema, z.literal("")]).default(""),
});

/** The form that administers one account. */
export const userIdSchema = z.object({ userId: z.guid() });

/** Disables an account, with the number of sources and destinations that the page said would stop. */
export const disableUserSchema = userIdSchema.extend({ stopsSeen: stopsSeenSchema });

/** The form that changes a role. */
export const changeRoleSchema = userIdSchema.extend({ role: z.enum(["administrator", "member"]) });

export type SignUpInput = z.input<typeof signUpSchema>;
export type ChangeRoleInput = z.output<typeof changeRoleSchema>;
