import { Notice } from "@/components/ui/notice";
import type { PassedCheck } from "@/lib/credentials/checks/types";
import { CheckSteps } from "./check-steps";
import { signedInInWords } from "./signed-in-in-words";
import { WarningsNotice } from "./warnings-notice";

/** The result of a check that was asked for without a Save. */
export function PassedCheckNotice({ passed }: { passed: PassedCheck }) {
  const { warnings, steps } = passed;
  return (
    <div className="flex flex-col gap-3">
      <Notice kind="good" role="status" title="It works. Nothing is saved yet.">
        <p>{signedInInWords(passed)}</p>
      </Notice>
      {warnings.length > 0 && <WarningsNotice warnings={warnings} />}
      <div className="rounded-xl border border-line bg-sunken px-4 py-3">
        <CheckSteps steps={steps} failure={null} compact />
      </div>
    </div>
  );
}
