import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import { failureReasons } from "@/lib/connectors/types";

const known: Readonly<Record<string, string>> = {
  "no-right": "The account may not read it. Give it the right to, or leave it out under Edit.",
  gone: "It was deleted on the server meanwhile.",
};

/** Why a part was skipped or failed. Codes of checks have their own words; anything else is text of the server. */
export function partReasonInWords(reason: string, connector: ConnectorKind): string {
  const words = known[reason];
  if (words) return words;
  const code = failureReasons.find((one) => one === reason);
  if (!code) return `The server said: ${reason}`;
  const failed = { kind: "failed", step: "bitbucket", reason: code, steps: [] } as const;
  const { title } = connectorOf(connector).describeFailure(failed, {
    scheme: "bearer",
    keyInUsernameField: false,
  });
  return `${title}.`;
}
