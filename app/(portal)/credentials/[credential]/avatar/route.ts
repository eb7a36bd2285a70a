import { findActor } from "@/lib/auth/require-actor";
import { findAvatar } from "@/lib/credentials/details-queries";
import { database } from "@/lib/db/client";

type Context = { params: Promise<{ credential: string }> };

/**
 * The avatar of a credential's account; a 404 for users who may not see the credential. The bytes come from outside:
 * their type was found from the bytes, and browsers may not sniff another.
 */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { credential } = await params;
  const actor = await findActor();
  const avatar = actor && (await findAvatar(await database(), actor, credential));
  if (!avatar) return new Response(null, { status: 404 });
  return new Response(Uint8Array.from(avatar.image), {
    headers: {
      "Content-Type": avatar.mediaType,
      "Cross-Origin-Resource-Policy": "same-origin",
    },
  });
}
