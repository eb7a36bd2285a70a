import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { signInErrors } from "@/lib/auth/sign-in-errors";

type Props = { csrfToken: string; returnTo: string; email: string; error: string | null };

/** The platform's own form, posted to next-auth: it works without script, and password managers know it. */
export function SignInForm({ csrfToken, returnTo, email, error }: Props) {
  return (
    <form action="/api/auth/callback/credentials" method="post" className="flex flex-col gap-5">
      <input type="hidden" name="csrfToken" value={csrfToken} />
      <input type="hidden" name="callbackUrl" value={returnTo} />
      {error && (
        <Notice kind="bad" role="alert" title={titleOf(error)}>
          {cureOf(error)}
        </Notice>
      )}
      <Field label="Email" name="email" type="email" autoComplete="username" required defaultValue={email} />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      <SubmitButton pendingLabel="Signing in…">Sign in</SubmitButton>
    </form>
  );
}

function titleOf(error: string): string {
  if (error === signInErrors.rateLimited) return "Too many attempts with this email";
  if (error === signInErrors.notAccepted) return "Email and password do not match";
  return "Signing in did not work";
}

function cureOf(error: string): string {
  if (error === signInErrors.rateLimited) return "Wait five minutes, then try again.";
  if (error === signInErrors.notAccepted) return "Check both and try again.";
  return "Try again. If it stays, tell the portal's administrator.";
}
