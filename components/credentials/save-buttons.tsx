import type { ReactNode } from "react";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { SendPastProxy } from "./send-past-proxy";
import { UseAddress } from "./use-address";

type Props = {
  pending: boolean;
  /** The failed check of the last Save; null if none failed. */
  failed: FailedCheck | null;
  /** Puts an address into the address field. */
  fillIn: (baseUrl: string) => void;
  /** Further buttons. */
  children?: ReactNode;
};

/**
 * Save, which checks; beside it the overrides that the last answer allows: of lock-out protection, of a proxy's sign-in
 * page, of an unreachable server. While Save would send nothing, Try again comes first, also for Enter.
 */
export function SaveButtons({ pending, failed, fillIn, children }: Props) {
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
    <div className="flex flex-wrap items-center gap-3">
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
      {children}
    </div>
  );
}
