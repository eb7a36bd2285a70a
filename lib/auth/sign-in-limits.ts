import "server-only";
import type { Visitor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { addressKey } from "@/lib/http/client-address";
import {
  accountLimit,
  addressLimit,
  deviceLimit,
  forgive,
  giveBack,
  signInLimit,
  tryConsume,
} from "@/lib/rate-limit";
import { type DeviceAccount, isKnownTo, type KnownDevice } from "./known-device";
import { turnAway } from "./turned-away";

type Attempt = {
  readonly email: string;
  readonly device: KnownDevice | null;
  /** Undefined for an email without an account, which is counted like any other. */
  readonly account: DeviceAccount | undefined;
};

/**
 * Uses up one attempt, if one is left. A known device has its own attempts, which no other client can use up. All
 * others share those of their address, of this account from their address, and of this account from unknown devices.
 */
export async function takeAttempt(db: Db, visitor: Visitor, attempt: Attempt): Promise<boolean> {
  const { device, account, email } = attempt;
  if (isKnownTo(device, account)) return (await tryConsume(db, deviceLimit, device.deviceId)).ok;
  const address = addressKey(visitor.origin.address);
  const ofAddress = await tryConsume(db, addressLimit, address);
  if (!ofAddress.ok) turnAway(visitor, ofAddress.seconds);
  // The order matters: an address over its limit uses up no shared attempts.
  return (
    ofAddress.ok &&
    (await tryConsume(db, signInLimit, pairOf(email, address))).ok &&
    (await tryConsume(db, accountLimit, email)).ok
  );
}

/** After a successful sign-in: gives back the attempts that this client used, but not those of others. */
export async function forgiveAttempts(db: Db, visitor: Visitor, attempt: Attempt): Promise<void> {
  const { device, account, email } = attempt;
  if (isKnownTo(device, account)) return forgive(db, deviceLimit, device.deviceId);
  const address = addressKey(visitor.origin.address);
  await forgive(db, signInLimit, pairOf(email, address));
  await giveBack(db, addressLimit, address);
  await giveBack(db, accountLimit, email);
}

function pairOf(email: string, address: string): string {
  return `${address} ${email}`;
}
