import type { StepName, StepState } from "@/lib/connectors/types";

/** A step's label, and the question that it answers. */
export const stepWords: Readonly<Record<StepName, { readonly label: string; readonly question: string }>> = {
  address: { label: "Address", question: "May the portal call it?" },
  name: { label: "Name", question: "Does it lead to a server?" },
  connection: { label: "Connection", question: "Does the server take calls at this port?" },
  certificate: { label: "Certificate", question: "Is it trusted, and made for this name?" },
  bitbucket: { label: "Is it Bitbucket", question: "Does Bitbucket's interface answer?" },
  signedIn: { label: "Signed in", question: "Does it recognise the account?" },
  allowed: { label: "Allowed", question: "Does it let the account read?" },
};

/** A step's state, in a word or two. */
export const stepStateWords: Readonly<Record<StepState, string>> = {
  passed: "passed",
  failed: "failed",
  skipped: "not reached",
  "not-applicable": "not needed",
};

/** The duration of a step in words. Takes whole milliseconds. */
export function durationInWords(durationMs: number): string {
  if (durationMs === 0) return "under 1 ms";
  return durationMs < 1_000 ? `${durationMs} ms` : `${(durationMs / 1_000).toFixed(1)} s`;
}
