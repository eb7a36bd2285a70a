import { ButtonLink } from "@/components/ui/button-link";

type Props = { signIn: string; signUp: string | null };

/** How a visitor can take an invitation up. */
export function WaysIn({ signIn, signUp }: Props) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        {signUp && (
          <ButtonLink href={signUp} look="primary">
            Create an account
          </ButtonLink>
        )}
        <ButtonLink href={signIn} look={signUp ? "secondary" : "primary"}>
          Sign in
        </ButtonLink>
      </div>
      {!signUp && (
        <p className="text-sm text-muted">
          You need an account here first. Ask your portal's administrator for an invitation if you have none.
        </p>
      )}
    </div>
  );
}
