import { ActionButton } from "@/components/portal/action-button";
import type { FormAction } from "@/lib/action-result";

type Props = { token: string; accept: FormAction<unknown> | null; decline: FormAction<unknown> };

/** Yes or no to an invitation, by somebody who is signed in. */
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
