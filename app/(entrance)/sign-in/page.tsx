import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Entrance } from "@/components/users/entrance";
import { SignInForm } from "@/components/users/sign-in-form";
import { cookiesAsked, readCsrfToken, withoutCookiesAsked } from "@/lib/auth/csrf-token";
import { ownPath } from "@/lib/auth/own-path";
import { findActor } from "@/lib/auth/require-actor";
import { typedEmailCookie } from "@/lib/auth/sign-in-endpoint";
import { signInErrorOf } from "@/lib/auth/sign-in-errors";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ error?: string | string[]; callbackUrl?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { error: code, callbackUrl } = await searchParams;
  const asked = ownPath(callbackUrl, env().APP_ORIGIN);
  const returnTo = withoutCookiesAsked(asked);
  if (await findActor()) redirect(returnTo);
  const csrfToken = await readCsrfToken();
  // next-auth's own address sets the CSRF token's cookie and redirects back here.
  if (!csrfToken && asked === returnTo) {
    redirect(`/api/auth/signin?${new URLSearchParams({ callbackUrl: cookiesAsked(returnTo) })}`);
  }
  const error = signInErrorOf(code);
  const typedEmail = (await cookies()).get(typedEmailCookie)?.value ?? "";
  return (
    <Entrance
      title="Sign in"
      lead="To your team's Bitbucket Server credentials."
      other={
        <>
          New here?{" "}
          <Link href={signUpPath(returnTo)} className="font-medium text-accent underline underline-offset-4">
            Create an account
          </Link>
        </>
      }
    >
      {csrfToken ? (
        <SignInForm csrfToken={csrfToken} returnTo={returnTo} email={error ? typedEmail : ""} error={error} />
      ) : (
        <Notice kind="warn" title="Your browser refuses cookies">
          Signing in needs one. Allow cookies for this site, then load the page again.
        </Notice>
      )}
    </Entrance>
  );
}

/** A user on the way to an invitation keeps its token: sign-up may require it. */
function signUpPath(returnTo: string): string {
  const invitation = /^\/invitations\/([\w-]+)$/.exec(returnTo)?.[1];
  return invitation ? `/sign-up?${new URLSearchParams({ invitation })}` : "/sign-up";
}
