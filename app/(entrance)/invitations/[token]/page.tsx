import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AnswerInvitation, Offer, WaysIn } from "@/components/invitations/received-invitation";
import { Link } from "@/components/ui/link";
import { Entrance } from "@/components/users/entrance";
import { currentVisitor } from "@/lib/auth/current-visitor";
import { findActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { acceptInvitationAction, declineInvitationAction } from "@/lib/invitations/actions";
import { findOffer } from "@/lib/invitations/queries";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const offer = (await findOffer(await database(), await currentVisitor(), token)) ?? notFound();
  const actor = await findActor();
  const { SIGN_UP: policy } = env();
  const maySignUp = policy === "open" || (policy === "invite" && offer.opensSignUp);
  const callbackUrl = `/invitations/${token}`;
  return (
    <Entrance
      title="You are invited"
      lead={actor ? `You are signed in as ${actor.email}.` : "The link works once, for one person."}
      other={
        actor && (
          <Link href="/" className="underline underline-offset-4">
            Go to the start page
          </Link>
        )
      }
    >
      <div className="flex flex-col gap-5">
        <Offer offer={offer} />
        {actor && !offer.team && <p className="text-sm text-muted">You have an account already.</p>}
        {actor ? (
          <AnswerInvitation
            token={token}
            accept={offer.team && acceptInvitationAction}
            decline={declineInvitationAction}
          />
        ) : (
          <WaysIn
            signIn={`/sign-in?${new URLSearchParams({ callbackUrl })}`}
            signUp={maySignUp ? `/sign-up?${new URLSearchParams({ invitation: token })}` : null}
          />
        )}
      </div>
    </Entrance>
  );
}
