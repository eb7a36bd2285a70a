import { Notice } from "@/components/ui/notice";
import type { WarningCode } from "@/lib/connectors/types";
import { warningInWords } from "./warning-in-words";

/** The warnings of a sign-in that works, as sentences. */
export function WarningsNotice({ warnings }: { warnings: readonly WarningCode[] }) {
  return (
    <Notice kind="warn" title={warnings.length === 1 ? "One warning" : `${warnings.length} warnings`}>
      <ul className="flex flex-col gap-1.5">
        {warnings.map((code) => (
          <li key={code}>{warningInWords(code)}</li>
        ))}
      </ul>
    </Notice>
  );
}
