import "server-only";
import { z } from "zod";
import type { Questions } from "./questions";
import { serverDateSchema } from "./server-date";

const keySchema = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  createdDate: serverDateSchema,
  expiryDate: serverDateSchema,
  expiryDays: z.number().int().positive().max(36_500).nullish().catch(null),
});

const dayMs = 24 * 60 * 60 * 1000;

/**
 * When a user's key ends, as an ISO 8601 instant; null where the server does not say. Most servers do not, since a
 * key may not manage keys (https://confluence.atlassian.com/display/BITBUCKETSERVER085/HTTP+access+tokens); a missing
 * date does not mean that the key lasts for ever.
 */
export async function askKeyEnd(
  questions: Questions,
  id: string | null,
  slug: string | null,
): Promise<string | null> {
  if (id === null || slug === null) return null;
  const path = `/rest/access-tokens/latest/users/${encodeURIComponent(slug)}/${id}`;
  const reply = await questions.ask(path, {}, keySchema);
  if (reply.kind !== "value" || reply.value.id !== id) return null;
  const { createdDate, expiryDate, expiryDays } = reply.value;
  if (expiryDate !== undefined) return new Date(expiryDate).toISOString();
  if (createdDate === undefined || !expiryDays) return null;
  return new Date(createdDate + expiryDays * dayMs).toISOString();
}
