import { ActionButton } from "@/components/portal/action-button";
import { ButtonLink } from "@/components/ui/buttons";
import type { FormAction } from "@/lib/action-result";
import type { InvitationOffer } from "@/lib/invitations/types";

/** The offer of an invitation in one sentence. */
export function Offer({ offer }: { offer: InvitationOffer }) {
  return (
    <p className="[overflow-wrap:anywhere]">
      {offer.invitedByName} invites you
      {offer.team ? (
        <>
          {" "}
          into the team <strong className="font-semibold">{offer.team.name}</strong>. What is shared with the
          team, you can use.
        </>
      ) : (
        " to make an account in this portal."
      )}
    </p>
  );
}

type Props = { token: string; accept: FormAction<unknown> | null; decline: FormAction<unknown> };

/** Accept and Decline, for a signed-in user. */
export function AnswerInvitation({ token, accept, decline }: Props) {
  return (
    <div className="flex flex-wrap gap-3">
      {accept && (
        <ActionButton action={accept} fields={{ token }} look="primary">
          Join team
        </ActionButton>
      )}
      <ActionButton action={decline} fields={{ token }}>
        Decline
      </ActionButton>
    </div>
  );
}

type WaysInProps = { signIn: string; signUp: string | null };

/** Sign-in and sign-up links for a user without a session. */
export function WaysIn({ signIn, signUp }: WaysInProps) {
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
