import { SubmitButton } from "@/components/ui/submit-button";
import type { FailedCheck } from "@/lib/credentials/checks/types";

type Props = { failed: FailedCheck; pending: boolean };

/**
 * The override that sends a credential despite a proxy's sign-in page. If lock-out protection also refuses, this
 * override travels with "Try again", so that one press is enough.
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
