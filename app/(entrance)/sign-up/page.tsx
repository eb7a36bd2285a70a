import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Link } from "@/components/ui/link";
import { Entrance } from "@/components/users/entrance";
import { SignUpForm } from "@/components/users/sign-up-form";
import { currentVisitor } from "@/lib/auth/current-visitor";
import { findActor } from "@/lib/auth/require-actor";
import { openSetUpToken } from "@/lib/auth/set-up-token";
import { database } from "@/lib/db/client";
import { findOffer } from "@/lib/invitations/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import { signUpAction } from "@/lib/users/actions";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage({ searchParams }: { searchParams: SearchParams<"invitation"> }) {
  const { invitation = "" } = only(await searchParams);
  const offer = await findOffer(await database(), await currentVisitor(), invitation);
  const back = offer ? `/invitations/${invitation}` : "/";
  if (await findActor()) redirect(back);
  const asksForSetUpToken = (await openSetUpToken(await database())) !== null;
  return (
    <Entrance
      title="Create an account"
      lead={
        offer?.team
          ? `${offer.invitedByName} invites you into the team “${offer.team.name}”.`
          : "Your team's Bitbucket Server credentials, proven and in one place."
      }
      other={
        <>
          Already have one?{" "}
          <Link
            href={offer ? `/sign-in?${new URLSearchParams({ callbackUrl: back })}` : "/sign-in"}
            className="font-medium text-accent underline underline-offset-4"
          >
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm
        action={signUpAction}
        invitation={offer ? invitation : ""}
        asksForSetUpToken={asksForSetUpToken}
      />
    </Entrance>
  );
}
