import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Secret } from "@/lib/secret";

/** New in every process: a digest under it is worthless outside this process's memory. */
const comparisonKey = randomBytes(32);

/** True for two equal secrets. Compares in constant time; digests of equal length hide the secrets' lengths. */
export function isSameSecret(one: Secret, other: Secret): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}

function digestOf(secret: Secret): Buffer {
  return secret.use((text) => createHmac("sha256", comparisonKey).update(text, "utf8").digest());
}
