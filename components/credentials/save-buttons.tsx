import { SubmitButton } from "@/components/ui/submit-button";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { SendPastFront } from "./send-past-front";
import { UseAddress } from "./use-address";

type Props = {
  pending: boolean;
  /** The check of the last Save, if it failed. */
  failed: FailedCheck | null;
  /** Puts an address into its field. */
  fillIn: (baseUrl: string) => void;
};

/**
 * Save, which checks; beside it, where the last answer gave the permission, the way past a guard that sent nothing, past
 * what turns visitors away, and past a server that cannot be asked. While Save would send nothing, Try again comes first,
 * also for Enter.
 */
export function SaveButtons({ pending, failed, fillIn }: Props) {
  const tryAgainTicket = pending ? null : (failed?.tryAgainTicket ?? null);
  const tryAgainFirst = tryAgainTicket !== null && failed?.isAccountStopped === true;
  const tryAgain = tryAgainTicket !== null && (
    <SubmitButton
      look={tryAgainFirst ? "primary" : "secondary"}
      pending={pending}
      name="tryAgainTicket"
      value={tryAgainTicket}
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
      {failed?.pastFrontTicket && !pending && <SendPastFront failed={failed} pending={pending} />}
      {failed?.uncheckedTicket && !pending && (
        <SubmitButton
          look="secondary"
          pending={pending}
          name="uncheckedTicket"
          value={failed.uncheckedTicket}
        >
          Save without checking
        </SubmitButton>
      )}
    </div>
  );
}
