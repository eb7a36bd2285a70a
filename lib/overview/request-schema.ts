import { z } from "zod";
import { credentialRoles } from "@/lib/credentials/policy";
import { endpointRoles } from "@/lib/endpoints/policy";
import { teamRoles } from "@/lib/teams/policy";
import type { Need } from "./types";

const row = { id: z.string(), name: z.string(), ms: z.number() };
const direction = z.enum(["source", "destination"]);

/** A row of what `listRequests` unites, as a need. */
export const requestSchema = z
  .discriminatedUnion("kind", [
    z.object({ ...row, kind: z.literal("offer"), by_name: z.string() }),
    z.object({
      ...{ ...row, kind: z.literal("proposal"), by_name: z.string() },
      ...{ about: z.string(), role: z.enum(teamRoles) },
    }),
    z.object({
      ...{ ...row, kind: z.literal("shared"), by_name: z.string() },
      ...{
        about: direction.or(z.literal("credential")),
        role: z.enum([...credentialRoles, ...endpointRoles]),
      },
    }),
    z.object({ ...row, kind: z.literal("credential-lost"), about: direction }),
    z.object({ ...row, kind: z.enum(["certificate", "unreachable"]) }),
  ])
  .transform((given): Need => {
    const { id, name } = given;
    const named = { id, name, at: new Date(given.ms).toISOString() };
    switch (given.kind) {
      case "offer":
        return { ...named, kind: given.kind, byName: given.by_name };
      case "proposal":
        return { ...named, kind: given.kind, byName: given.by_name, userName: given.about, role: given.role };
      case "shared":
        return { ...named, kind: given.kind, byName: given.by_name, thing: given.about, role: given.role };
      case "credential-lost":
        return { ...named, kind: given.kind, direction: given.about };
      default:
        return { ...named, kind: given.kind };
    }
  });
