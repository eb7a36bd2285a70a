import { Secret } from "@/lib/secret";
import type { DataKey } from "./data-key";
import { isSameSecret } from "./same-secret";
import { SealError } from "./seal-error";
import { open, type SealContext, seal } from "./sealed-value";

const canary = Secret.of("This data key opens what it sealed.");

/** Seals the known text under a data key, by the same code as a user's secret. */
export function sealCanary(dataKey: DataKey): Buffer {
  return seal(dataKey, canary, canaryContext(dataKey.id));
}

/** True if the data key opens this canary and finds the known text; false for any other bytes. */
export function opensCanary(dataKey: DataKey, sealed: Uint8Array): boolean {
  try {
    return isSameSecret(open(dataKey, sealed, canaryContext(dataKey.id)), canary);
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

function canaryContext(dataKeyId: string): SealContext {
  return {
    table: "key_canaries",
    column: "sealed",
    rowId: dataKeyId,
    ownerId: "",
    field: "canary",
    origin: "",
    secretVersion: 1,
  };
}
