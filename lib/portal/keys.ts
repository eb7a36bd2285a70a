import "server-only";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { generateKeyRingText, type KeyRing, parseKeyRing } from "@/lib/crypto/key-ring";
import { type Environment, EnvironmentError, env } from "@/lib/env";

/** The portal's two keys: one signs sessions and tokens, the ring wraps the keys that seal secrets. */
export type PortalKeys = { readonly authSecret: string; readonly keyRing: KeyRing };

const generatedSchema = z.object({ authSecret: z.string().min(32), secretKeys: z.string().min(1) });

// On globalThis, because Next bundles the start hook, pages and actions separately.
const holder: typeof globalThis & { latchkeyKeys?: PortalKeys } = globalThis;

/**
 * This process's keys, from the environment or, with the embedded database only, generated once in `DATA_DIR`. Throws
 * `EnvironmentError`.
 */
export function portalKeys(): PortalKeys {
  holder.latchkeyKeys ??= loadPortalKeys(env());
  return holder.latchkeyKeys;
}

/** Like `portalKeys`, for a given environment. */
export function loadPortalKeys(
  environment: Pick<Environment, "AUTH_SECRET" | "SECRET_KEYS" | "DATA_DIR">,
): PortalKeys {
  const { AUTH_SECRET, SECRET_KEYS } = environment;
  if (AUTH_SECRET && SECRET_KEYS) return { authSecret: AUTH_SECRET, keyRing: ringFrom(SECRET_KEYS) };
  const generated = generatedKeys(environment.DATA_DIR);
  return {
    authSecret: AUTH_SECRET ?? generated.authSecret,
    keyRing: ringFrom(SECRET_KEYS ?? generated.secretKeys),
  };
}

function ringFrom(text: string): KeyRing {
  const parsed = parseKeyRing(text);
  if (parsed.ok) return parsed.ring;
  throw new EnvironmentError(
    `Latchkey cannot start:\n${parsed.problems.map((line) => `  SECRET_KEYS ${line}`).join("\n")}`,
  );
}

function generatedKeys(folder: string): z.output<typeof generatedSchema> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "keys.json");
  const fresh = { authSecret: randomBytes(32).toString("base64url"), secretKeys: generateKeyRingText() };
  try {
    writeFileSync(file, JSON.stringify(fresh), { flag: "wx", mode: 0o600 });
    return fresh;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const kept = generatedSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (kept.success) return kept.data;
  throw new EnvironmentError(`Latchkey cannot start:\n  ${file} is damaged: restore it from a backup.`);
}
