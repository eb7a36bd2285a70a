import { z } from "zod";
import { serverSchema } from "@/lib/servers/schema";
import { isEnforced, notEnforced, policyFields } from "./form-schema";

/** The form for a policy: for the server at `server`, or for all servers if that is empty. */
export const setSignInPolicySchema = z
  .object({
    server: z
      .literal("")
      .transform(() => null)
      .or(serverSchema),
    /** 0 where nothing was stored when the form was opened. */
    version: z.coerce.number().int().min(0).max(2_147_483_647),
    ...policyFields,
    /** Set to take a server's own policy away, whatever the other fields say. */
    remove: z.literal("1").optional(),
  })
  .refine(isEnforced, notEnforced);

/** A policy to store. */
export type SetSignInPolicyInput = z.output<typeof setSignInPolicySchema>;

/** The page of the policy for all servers, or for one. */
export function policyPath(server: string | null): string {
  return server === null
    ? "/admin/servers/policy"
    : `/admin/servers/policy?${new URLSearchParams({ server })}`;
}
