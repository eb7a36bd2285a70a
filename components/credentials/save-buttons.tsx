import { SubmitButton } from "@/components/ui/submit-button";
import type { FailedCheck } from "@/lib/credentials/types";

type Props = {
  pending: boolean;
  /** The check of the last Save, if it failed. */
  failed: FailedCheck | null;
};

/**
 * Save, which checks; beside it, where the last answer gave the permission, the way past a guard that sent nothing and
 * the way past a server that cannot be asked.
 */
export function SaveButtons({ pending, failed }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-3 pt-1">
      <SubmitButton pending={pending} pendingLabel="Checking with the server…">
        Save
      </SubmitButton>
      {failed?.tryAgainTicket && !pending && (
        <SubmitButton look="secondary" pending={pending} name="tryAgainTicket" value={failed.tryAgainTicket}>
          Try again
        </SubmitButton>
      )}
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
