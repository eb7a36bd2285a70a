import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Notice } from "@/components/ui/notice";
import type { FailedCheck } from "@/lib/credentials/types";
import { CheckLadder } from "./check-ladder";

type Props = {
  /** What the failure means here, in two words. */
  title: string;
  error: { readonly message: string; readonly code: string; readonly requestId: string };
  /** Null when the check was not reached: a field is wrong, the session has ended, too many attempts. */
  failed: FailedCheck | null;
};

/** Why a check failed, how far it came, what to do, and whose turn it is. */
export function FailedCheckNotice({ title, error, failed }: Props) {
  if (failed) {
    return (
      <Notice kind="bad" role="alert" title={`${title}: ${failed.title}`}>
        {/* A message that belongs to a field stands there, with its cure. */}
        {!failed.atField && <p>{failed.cure}</p>}
        <CheckLadder rungs={failed.rungs} failure={null} compact />
        <p className="text-muted">Whose turn: {failed.whose}.</p>
      </Notice>
    );
  }
  return <RefusalNotice error={error} />;
}
