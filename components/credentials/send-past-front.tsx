import { SubmitButton } from "@/components/ui/submit-button";
import type { FailedCheck } from "@/lib/credentials/checks/types";

type Props = { failed: FailedCheck; pending: boolean };

/**
 * The word that lets a credential go past what turns visitors away. Where the guard holds it back besides, that word goes
 * along with "Try again", so that nobody is sent from one button to the other.
 */
export function SendPastFront({ failed, pending }: Props) {
  const { pastFrontTicket, tryAgainTicket } = failed;
  if (!pastFrontTicket) return null;
  if (tryAgainTicket) return <input type="hidden" name="pastFrontTicket" value={pastFrontTicket} />;
  return (
    <SubmitButton look="secondary" pending={pending} name="pastFrontTicket" value={pastFrontTicket}>
      Send all the same
    </SubmitButton>
  );
}
