import { findActor } from "@/lib/auth/require-actor";
import { findAvatar } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";

type Context = { params: Promise<{ credential: string }> };

/**
 * The picture of the account behind a credential, for those who may see the credential; for all others there is none.
 * Bytes from outside: of a type that was told by looking at them, from which no browser may sniff another.
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
