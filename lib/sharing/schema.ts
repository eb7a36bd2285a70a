import { z } from "zod";
import { grantableCredentialRoles } from "@/lib/credentials/policy";
import { grantableFlowRoles } from "@/lib/endpoints/policy";
import type { Holder } from "./types";

const credential = { kind: z.literal("credential"), id: z.guid() };
const flow = { kind: z.literal("flow"), id: z.guid() };
const credentialRole = z.enum(grantableCredentialRoles, "Choose a role.");
const flowRole = z.enum(grantableFlowRoles, "Choose a role.");

// "person:<id>" or "team:<id>": one field, so that a search result is one value.
const holder = z.string().transform((text, context): Holder => {
  const [kind, id, ...rest] = text.split(":");
  const isHolder = rest.length === 0 && (kind === "person" || kind === "team");
  if (isHolder && z.guid().safeParse(id).success) return { kind, id: id ?? "" };
  context.addIssue({ code: "custom", message: "Choose a person or a team from the search." });
  return z.NEVER;
});

/** Shares a thing with a person or team in a role. */
export const shareSchema = z.discriminatedUnion("kind", [
  z.object({ ...credential, holder, role: credentialRole }),
  z.object({ ...flow, holder, role: flowRole }),
]);

/** Gives the holder of a grant another role; the grant is named as it was seen. */
export const changeRoleSchema = z.discriminatedUnion("kind", [
  z.object({ ...credential, grantId: z.guid(), role: credentialRole }),
  z.object({ ...flow, grantId: z.guid(), role: flowRole }),
]);

/** Ends a grant, as it was seen. */
export const endGrantSchema = z.object({
  kind: z.enum(["credential", "flow"]),
  id: z.guid(),
  grantId: z.guid(),
});

/** Ends grants that were given by people who may not share any more, those that were seen: their ids, with commas between. */
export const endUnbackedSchema = z.object({
  kind: z.enum(["credential", "flow"]),
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
export type EndGrantInput = z.output<typeof endGrantSchema>;
