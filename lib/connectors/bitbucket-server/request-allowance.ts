import "server-only";
import { z } from "zod";
import type { CheckedAllowance } from "@/lib/connectors/types";
import type { Questions } from "./questions";

const amount = z.number().nonnegative().max(1_000_000_000);
const bucketSchema = z.object({ capacity: amount, fillRate: amount });
const ownSchema = z.object({
  whitelisted: z.boolean().nullish().catch(null),
  settings: bucketSchema.nullish().catch(null),
});
const generalSchema = z.object({ enabled: z.boolean(), defaultSettings: bucketSchema.nullish().catch(null) });

const settings = "/rest/api/1.0/admin/rate-limit/settings";

/**
 * How many requests the server allows the account: its own setting, or else the general one. Null where the server
 * does not say; versions before 6.6 have no limits. Any signed-in account may ask (Atlassian's OpenAPI file for 9.4;
 * the meaning of the numbers:
 * https://confluence.atlassian.com/bitbucketserver0819/improving-instance-stability-with-rate-limiting-1416826922.html).
 */
export async function askAllowance(
  questions: Questions,
  slug: string | null,
): Promise<CheckedAllowance | null> {
  const askOwn = async () =>
    slug === null ? null : questions.ask(`${settings}/users/${encodeURIComponent(slug)}`, {}, ownSchema);
  const asked = questions.isSideBySide ? askOwn() : null;
  const general = await questions.ask(settings, {}, generalSchema);
  if (general.kind !== "value") return null;
  const { enabled, defaultSettings } = general.value;
  if (!enabled) return { kind: "unlimited" };
  // Most accounts have no setting of their own: then the answer is a 404.
  const own = await (asked ?? askOwn());
  if (own?.kind === "value" && own.value.whitelisted) return { kind: "unlimited" };
  const bucket = (own?.kind === "value" ? own.value.settings : null) ?? defaultSettings;
  return bucket ? { kind: "limited", atOnce: bucket.capacity, perSecond: bucket.fillRate } : null;
}
