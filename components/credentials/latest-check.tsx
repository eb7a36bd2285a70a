"use client";

import { Section } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import { reportOf } from "@/lib/connectors/bitbucket-server/report";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import type { CheckStop, CredentialDetails } from "@/lib/credentials/types";
import { CheckNow } from "./check-now";
import { CheckSteps } from "./check-steps";
import { CopyReport } from "./copy-report";

type Props = {
  credential: CredentialDetails;
  now: Date;
  stop: CheckStop | null;
  check: FormAction<null, FailedCheck>;
};

/** The steps of the latest check, and what to do about the failed one. */
export function LatestCheck({ credential, now, stop, check }: Props) {
  const { newestCheck, status, checkedAt, baseUrl } = credential;
  const isOlderCheck = newestCheck?.verdict === "nothing" && checkedAt !== null;
  const steps = newestCheck ? (
    <CheckSteps steps={newestCheck.steps} failure={newestCheck.failure} />
  ) : (
    <p className="text-sm text-muted">Stored without a check, and not checked since.</p>
  );
  const report = newestCheck && (
    <CopyReport report={reportOf({ ...newestCheck, baseUrl })} isInRow={!credential.isSuspended} />
  );
  return (
    <Section
      title="Latest check"
      aside={newestCheck && <TimeAgo at={newestCheck.checkedAt} now={now.toISOString()} />}
    >
      {credential.isSuspended ? (
        <>
          {steps}
          {report}
        </>
      ) : (
        <CheckNow
          action={check}
          credentialId={credential.id}
          status={status}
          stop={stop}
          newest={{ steps, report }}
        />
      )}
      {isOlderCheck && (
        <p className="text-sm text-muted">
          The server could not be asked. That the credential is {status} was found{" "}
          <TimeAgo at={checkedAt} now={now.toISOString()} />.
        </p>
      )}
    </Section>
  );
}
