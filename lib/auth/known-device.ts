import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { deriveKey, fingerprint } from "@/lib/crypto/derive";
import { readToken, signToken } from "@/lib/crypto/signed-token";
import { portalKeys } from "@/lib/portal/keys";
import { Secret } from "@/lib/secret";

/** The account that a device is known to, as currently stored. */
export type DeviceAccount = { readonly email: string; readonly passwordHash: string };

/** A device that has signed in to an account before. `isKnownTo` tells whether it still counts. */
export type KnownDevice = { readonly deviceId: string; readonly seal: string };

const kind = {
  purpose: "known-device",
  schema: z.object({ deviceId: z.string(), email: z.string(), seal: z.string() }),
};

/** How long a device stays known after its last sign-in, in seconds. */
export const deviceMaxAgeSeconds = 180 * 24 * 60 * 60;

/**
 * A token for the browser after a sign-in, so that it is recognised later: it gives no access, but other clients that
 * attack the account do not make this device wait. Valid until the password changes, for 180 days. Holds fingerprints
 * of email and password hash only.
 */
export function issueDevice(account: DeviceAccount, now = new Date()): Promise<string> {
  const payload = {
    deviceId: randomUUID(),
    email: tagOf(account.email),
    seal: tagOf(account.passwordHash),
  };
  const expiresAt = new Date(now.getTime() + deviceMaxAgeSeconds * 1000);
  return signToken(key("signed-ticket"), kind, payload, { expiresAt });
}

/** The first of `texts` that this portal issued for the account with this email, by its signature alone; null without one. */
export async function findDevice(
  texts: readonly string[],
  email: string,
  now = new Date(),
): Promise<KnownDevice | null> {
  if (texts.length === 0) return null;
  const wanted = tagOf(email);
  for (const text of texts) {
    const reading = await readToken(key("signed-ticket"), kind, text, now);
    if (reading.ok && reading.payload.email === wanted) return reading.payload;
  }
  return null;
}

/** The first of `texts` that this portal issued for any account; for use before the form is read. */
export async function findAnyDevice(texts: readonly string[], now = new Date()): Promise<KnownDevice | null> {
  for (const text of texts) {
    const reading = await readToken(key("signed-ticket"), kind, text, now);
    if (reading.ok) return reading.payload;
  }
  return null;
}

/** True while the account has the password with which the device signed in. */
export function isKnownTo(
  device: KnownDevice | null,
  account: DeviceAccount | undefined,
): device is KnownDevice {
  // Each hash has its own salt, so it identifies the account as well.
  return !!device && !!account && device.seal === tagOf(account.passwordHash);
}

function tagOf(text: string): string {
  return fingerprint(key("known-device"), Secret.of(text));
}

function key(purpose: "signed-ticket" | "known-device") {
  return deriveKey(Buffer.from(portalKeys().authSecret), purpose);
}
