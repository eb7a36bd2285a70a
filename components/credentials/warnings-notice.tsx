import { Notice } from "@/components/ui/notice";
import type { WarningCode } from "@/lib/connectors/types";
import type { CredentialDetails } from "@/lib/credentials/types";
import { EqualSecrets } from "./equal-secrets";
import { warningInWords } from "./warning-in-words";

type Props = {
  warnings: readonly WarningCode[];
  /** A stored credential and those with the same secret, if there are any. */
  equal?: Pick<CredentialDetails, "method" | "equals"> | undefined;
};

/** The warnings of a sign-in that works, as sentences; nothing without any. */
export function WarningsNotice({ warnings, equal }: Props) {
  const isEqual = equal !== undefined && equal.equals.length > 0;
  const count = warnings.length + (isEqual ? 1 : 0);
  if (count === 0) return null;
  return (
    <Notice kind="warn" title={count === 1 ? "One warning" : `${count} warnings`}>
      <ul className="flex flex-col gap-1.5">
        {isEqual && (
          <li>
            <EqualSecrets credential={equal} />
          </li>
        )}
        {warnings.map((code) => (
          <li key={code}>{warningInWords(code)}</li>
        ))}
      </ul>
    </Notice>
  );
}
