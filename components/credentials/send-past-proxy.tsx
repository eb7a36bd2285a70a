import { SubmitButton } from "@/components/ui/submit-button";
import type { FailedCheck } from "@/lib/credentials/checks/types";

type Props = { failed: FailedCheck; pending: boolean };

/**
 * The word that lets a credential go past what turns visitors away. Where lock-out protection holds it back besides, that word goes
 * along with "Try again", so that nobody is sent from one button to the other.
 */
export function SendPastProxy({ failed, pending }: Props) {
  const { pastProxyToken, tryAgainToken } = failed;
  if (!pastProxyToken) return null;
  if (tryAgainToken) return <input type="hidden" name="pastProxyToken" value={pastProxyToken} />;
  return (
    <SubmitButton look="secondary" pending={pending} name="pastProxyToken" value={pastProxyToken}>
      Send all the same
    </SubmitButton>
  );
}
