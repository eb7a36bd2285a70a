import "server-only";
import { eq } from "drizzle-orm";
import { credentialAvatars } from "@/drizzle/schema";
import type { Avatar } from "@/lib/connectors/types";
import type { CheckedVersion } from "@/lib/credentials/secrets/types";
import type { Tx } from "@/lib/db/types";

/** Puts the picture that a check found in the place of the one before; null leaves none. */
export async function storeAvatar(
  tx: Tx,
  { credentialId, secretVersion }: CheckedVersion,
  avatar: Avatar | null,
): Promise<void> {
  await tx.delete(credentialAvatars).where(eq(credentialAvatars.credentialId, credentialId));
  if (avatar === null) return;
  const { mediaType } = avatar;
  await tx
    .insert(credentialAvatars)
    .values({ credentialId, secretVersion, mediaType, image: Buffer.from(avatar.image) });
}
