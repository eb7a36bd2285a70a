import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Notice } from "@/components/ui/notice";
import { reportOf } from "@/lib/connectors/bitbucket-server/report";
import { stepWords } from "@/lib/connectors/bitbucket-server/step-words";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { CheckSteps } from "./check-steps";
import { CopyReport } from "./copy-report";

type Props = {
  /** The consequence of the failure on this page, in two words. */
  title: string;
  error: { readonly message: string; readonly code: string; readonly requestId: string };
  /** Null if no check ran: an invalid field, an ended session, or too many attempts. */
  failed: FailedCheck | null;
  /** True if the page shows the steps of this check elsewhere. */
  brief?: boolean;
};

/**
 * Why a check failed, what to do and whose turn it is, then its steps. If a field or a step on the page already shows
 * the text, this notice only names the failed step.
 */
export function FailedCheckNotice({ title, error, failed, brief = false }: Props) {
  if (!failed) return <RefusalNotice error={error} />;
  const { cure, atField, whose, steps } = failed;
  const hasSteps = steps.length > 0;
  if (brief && hasSteps) {
    return <Notice kind="bad" role="alert" title={`${title}: ${endInWords(failed)}`} />;
  }
  const unknown = { account: null, serverVersion: null, access: null };
  return (
    <div className="flex flex-col gap-3">
      <Notice kind="bad" role="alert" title={`${title}: ${atField ? endInWords(failed) : failed.title}`}>
        {!atField && <p>{cure}</p>}
        <p className="text-muted">Next step: {whose}.</p>
      </Notice>
      {hasSteps && (
        <div className="flex flex-col gap-4 rounded-xl border border-line bg-sunken px-4 py-3">
          <CheckSteps steps={steps} failure={null} compact />
          <CopyReport report={reportOf({ ...failed, ...unknown, failure: failed })} />
        </div>
      )}
    </div>
  );
}

function endInWords({ steps }: FailedCheck): string {
  const stoppedAt = steps.find(({ state }) => state === "failed");
  return stoppedAt ? `the check stopped at “${stepWords[stoppedAt.name].label}”` : "nothing was sent";
}
