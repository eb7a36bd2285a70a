import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Entrance } from "@/components/people/entrance";
import { SignInForm } from "@/components/people/sign-in-form";
import { readCsrfToken } from "@/lib/auth/csrf-token";
import { ownPath } from "@/lib/auth/own-path";
import { findActor } from "@/lib/auth/require-actor";
import { typedEmailCookie } from "@/lib/auth/sign-in-endpoint";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ error?: string; callbackUrl?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const { error, callbackUrl } = await searchParams;
  const returnTo = ownPath(callbackUrl, env().APP_ORIGIN);
  if (await findActor()) redirect(returnTo);
  const csrfToken = await readCsrfToken();
  // next-auth's own address sets the token's cookie and comes back here.
  if (!csrfToken) redirect(`/api/auth/signin?${new URLSearchParams({ callbackUrl: returnTo })}`);
  const typedEmail = (await cookies()).get(typedEmailCookie)?.value ?? "";
  return (
    <Entrance
      title="Sign in"
      lead="To your team's Bitbucket Server credentials."
      other={
        <>
          New here?{" "}
          <Link href="/sign-up" className="font-medium text-accent underline underline-offset-4">
            Create an account
          </Link>
        </>
      }
    >
      <SignInForm
        csrfToken={csrfToken}
        returnTo={returnTo}
        email={error ? typedEmail : ""}
        error={error ?? null}
      />
    </Entrance>
  );
}
