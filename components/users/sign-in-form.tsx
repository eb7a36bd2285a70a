import { EmailField, Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SignInError } from "@/lib/auth/sign-in-errors";

type Props = { csrfToken: string; returnTo: string; email: string; error: SignInError | null };

/** A plain form, posted to next-auth: it works without script, and password managers recognise it. */
export function SignInForm({ csrfToken, returnTo, email, error }: Props) {
  return (
    <form action="/api/auth/callback/credentials" method="post" className="flex flex-col gap-5">
      <input type="hidden" name="csrfToken" value={csrfToken} />
      <input type="hidden" name="callbackUrl" value={returnTo} />
      {error && (
        <Notice kind="bad" role="alert" title={words[error].title}>
          {words[error].cure}
        </Notice>
      )}
      <EmailField
        label="Email"
        name="email"
        autoComplete="username"
        required
        takesFocus={email === ""}
        defaultValue={email}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        takesFocus={email !== ""}
      />
      <SubmitButton>Sign in</SubmitButton>
    </form>
  );
}

const words: Record<SignInError, { title: string; cure: string }> = {
  CredentialsSignin: { title: "Email and password do not match", cure: "Check both and try again." },
  RateLimited: {
    title: "Too many attempts",
    cure: "The portal has refused too many sign-ins to this account or from your network. Wait five minutes, then try again.",
  },
  Stale: { title: "The form was too old", cure: "It is fresh now: type the password again." },
  Busy: {
    title: "The portal is busy",
    cure: "Too many people are signing in at once. Wait a few seconds, then type the password again.",
  },
  Unavailable: {
    title: "Signing in did not work",
    cure: "Nothing is wrong with what you typed. Try again; if it stays, tell the portal's administrator.",
  },
};
