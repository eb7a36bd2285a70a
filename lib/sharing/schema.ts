import { z } from "zod";
import { grantableCredentialRoles } from "@/lib/credentials/policy";
import { grantableEndpointRoles } from "@/lib/endpoints/policy";
import { stopsSeenSchema } from "@/lib/endpoints/schema";
import type { Grantee } from "./types";

const credential = { kind: z.literal("credential"), id: z.guid() };
const endpoint = { kind: z.literal("endpoint"), id: z.guid() };
const credentialRole = z.enum(grantableCredentialRoles, "Choose a role.");
const endpointRole = z.enum(grantableEndpointRoles, "Choose a role.");

// "person:<id>" or "team:<id>": one field, so that a search result is one value.
const grantee = z.string().transform((text, context): Grantee => {
  const [kind, id, ...rest] = text.split(":");
  const isGrantee = rest.length === 0 && (kind === "person" || kind === "team");
  if (isGrantee && z.guid().safeParse(id).success) return { kind, id: id ?? "" };
  context.addIssue({ code: "custom", message: "Choose a person or a team from the search." });
  return z.NEVER;
});

/** Shares an item with a user or team in a role. */
export const shareSchema = z.discriminatedUnion("kind", [
  z.object({ ...credential, grantee, role: credentialRole }),
  z.object({ ...endpoint, grantee, role: endpointRole }),
]);

/** Changes the role of a grant; the form names the grant that the user saw. */
export const changeRoleSchema = z.discriminatedUnion("kind", [
  z.object({ ...credential, grantId: z.guid(), role: credentialRole }),
  z.object({ ...endpoint, grantId: z.guid(), role: endpointRole }),
]);

/** Names the grant that the user saw. */
export const endGrantSchema = z.object({
  kind: z.enum(["credential", "endpoint"]),
  id: z.guid(),
  grantId: z.guid(),
});

/** Ends the grant that the user saw, with the number of sources and destinations that the page said would stop. */
export const revokeSchema = endGrantSchema.extend({ stopsSeen: stopsSeenSchema });

/** Ends the listed grants of givers who may no longer share: comma-separated ids, as the user saw them. */
export const endUnbackedSchema = z.object({
  kind: z.enum(["credential", "endpoint"]),
  id: z.guid(),
  grantIds: z
    .string()
    .max(40_000)
    .transform((text) => text.split(","))
    .pipe(z.array(z.guid()).min(1)),
});

export type EndUnbackedInput = z.output<typeof endUnbackedSchema>;
export type ShareInput = z.output<typeof shareSchema>;
export type ChangeRoleInput = z.output<typeof changeRoleSchema>;
export type RevokeInput = z.output<typeof revokeSchema>;
export type EndGrantInput = z.output<typeof endGrantSchema>;
