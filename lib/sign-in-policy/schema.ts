import { z } from "zod";
import { serverSchema } from "@/lib/servers/schema";
import { isEnforced, notEnforced, policyFields } from "./form-schema";

/** 0 where nothing was stored when the form was opened. */
const versionSchema = z.coerce.number().int().min(0).max(2_147_483_647);

/** The form that takes a server's own policy away. */
export const removeServerPolicySchema = z.object({ server: serverSchema, version: versionSchema });
export type RemoveServerPolicyInput = z.output<typeof removeServerPolicySchema>;

/** The form for a policy: for the server at `server`, or for all servers if that is empty. */
export const setSignInPolicySchema = z
  .object({
    server: z
      .literal("")
      .transform(() => null)
      .or(serverSchema),
    version: versionSchema,
    ...policyFields,
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
