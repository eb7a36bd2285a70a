import "server-only";
import { headText } from "./known-head";
import type { Verification } from "./verify";

/**
 * A verification as text for an operator, and whether the log is intact. The text ends with the head, to be stored
 * elsewhere and compared later.
 */
export function reportOf(verification: Verification): { isWhole: boolean; text: string } {
  const { chained, unchained, head, findings } = verification;
  const isWhole = findings.length === 0;
  const lines = [
    isWhole
      ? `OK: ${chained} ${chained === 1 ? "event" : "events"}, none edited, removed, inserted or reordered.`
      : "BROKEN: the log is not as the portal wrote it.",
    ...findings.map(({ words }) => `  ${words}`),
    ...(unchained > 0 ? [`${unchained} older events are from before the chain and cannot be judged.`] : []),
    ...(head
      ? [
          `Head: event ${head.sequence} of ${head.at.toISOString()}, ${head.mac.toString("hex")}`,
          `Keep it elsewhere, and compare later: npm run audit:verify -- --since ${headText(head)}`,
        ]
      : ["Head: none."]),
  ];
  return { isWhole, text: `${lines.join("\n")}\n` };
}
