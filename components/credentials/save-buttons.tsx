import { SubmitButton } from "@/components/ui/submit-button";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { SendPastProxy } from "./send-past-proxy";
import { UseAddress } from "./use-address";

type Props = {
  pending: boolean;
  /** The check of the last Save, if it failed. */
  failed: FailedCheck | null;
  /** Puts an address into its field. */
  fillIn: (baseUrl: string) => void;
};

/**
 * Save, which checks; beside it, where the last answer gave the permission, the way past a protection that sent nothing, past
 * what turns visitors away, and past a server that cannot be asked. While Save would send nothing, Try again comes first,
 * also for Enter.
 */
export function SaveButtons({ pending, failed, fillIn }: Props) {
  const tryAgainToken = pending ? null : (failed?.tryAgainToken ?? null);
  const tryAgainFirst = tryAgainToken !== null && failed?.isAccountStopped === true;
  const tryAgain = tryAgainToken !== null && (
    <SubmitButton
      look={tryAgainFirst ? "primary" : "secondary"}
      pending={pending}
      name="tryAgainToken"
      value={tryAgainToken}
    >
      Try again
    </SubmitButton>
  );
  return (
    <div className="flex flex-wrap items-center gap-3 pt-1">
      {tryAgainFirst && tryAgain}
      <SubmitButton
        look={tryAgainFirst ? "secondary" : "primary"}
        pending={pending}
        pendingLabel="Checking with the server…"
      >
        Save
      </SubmitButton>
      {!tryAgainFirst && tryAgain}
      {failed?.movedTo && !pending && <UseAddress movedTo={failed.movedTo} fillIn={fillIn} />}
      {failed?.pastProxyToken && !pending && <SendPastProxy failed={failed} pending={pending} />}
      {failed?.uncheckedToken && !pending && (
        <SubmitButton look="secondary" pending={pending} name="uncheckedToken" value={failed.uncheckedToken}>
          Save without checking
        </SubmitButton>
      )}
    </div>
  );
}
