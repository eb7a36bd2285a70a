import { z } from "zod";
import { newsGroups } from "@/lib/notifications/groups";
import type { NewsKind } from "@/lib/notifications/news";

/** The form that names one webhook. */
export const webhookIdSchema = z.object({ webhookId: z.guid() });

/**
 * The form of a webhook, for browser and server; only the server knows which addresses the portal may call. Without a
 * team it is the user's own.
 */
export const webhookFormSchema = z.object({
  teamId: z.guid().optional(),
  address: z.string().trim().min(1, "Enter the address.").max(2_048, "Use at most 2,048 characters."),
});

// Null: no team hears of it.
const labelsOfTeams: Partial<Record<NewsKind, string | null>> = {
  shared: "Something is shared with the team",
  unshared: "The team's access is taken back",
  "ownership-offered": null,
  "new-sign-in": null,
  "password-changed": null,
  "webhook-stopped": null,
};

/** The kinds of messages that a team may hear of, in the groups and words of the page where its owners choose. */
export const teamNewsGroups = newsGroups
  .map(({ title, kinds }) => ({
    title,
    kinds: kinds.flatMap(({ kind, label }) => {
      const own = labelsOfTeams[kind];
      return own === null ? [] : [{ kind, label: own ?? label }];
    }),
  }))
  .filter(({ kinds }) => kinds.length > 0);

const teamKinds = teamNewsGroups.flatMap(({ kinds }) => kinds.map(({ kind }) => kind));

/** The form of what a team hears about: a checked box is sent, an unchecked one is not. */
export const teamNewsSchema = z
  .object({ teamId: z.guid() })
  .and(z.object(Object.fromEntries(teamKinds.map((kind) => [kind, z.literal("on").optional()] as const))))
  .transform(({ teamId, ...boxes }) => {
    const checked = new Set(Object.entries(boxes).flatMap(([name, value]) => (value === "on" ? [name] : [])));
    return { teamId, muted: teamKinds.filter((kind) => !checked.has(kind)) };
  });
