import type { Account } from "./accounts";
import type { InstanceSettings } from "./settings";

interface Bucket {
  tokens: number;
  at: number;
}

/** The requests that accounts have left: a bucket of tokens for each, filled by the second. */
export class Allowances {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes one request from the account's bucket, or tells in how many whole seconds there is one again. */
  take(account: Account, settings: InstanceSettings, now: number): "ok" | { waitSeconds: number } {
    const own = account.allowance;
    if (settings.rateLimit !== "enforced" || (own && "whitelisted" in own)) return "ok";
    const { capacity, fillRate } = own?.settings ?? {
      capacity: settings.bucketCapacity,
      fillRate: settings.bucketFillRate,
    };
    const bucket = this.#buckets.get(account.name) ?? { tokens: capacity, at: now };
    this.#buckets.set(account.name, bucket);
    bucket.tokens = Math.min(capacity, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * fillRate);
    bucket.at = now;
    if (bucket.tokens < 1) return { waitSeconds: Math.max(1, Math.ceil((1 - bucket.tokens) / fillRate)) };
    bucket.tokens -= 1;
    return "ok";
  }

  clear(): void {
    this.#buckets.clear();
  }
}
