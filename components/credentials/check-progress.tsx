"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import type { CheckStep, StepName } from "@/lib/connectors/types";
import { CheckSteps } from "./check-steps";
import { readSteps } from "./read-steps";

type Props = {
  /** The surrounding form is being sent. */
  pending: boolean;
  /** The page shows the steps of the latest check here in full, and new steps replace them. */
  inPlace?: boolean;
  /** The result of the last check, hidden while the next check runs. */
  children?: ReactNode;
};

/**
 * Inside the form that starts a check: shows the steps as they arrive. Without script, or if another process runs the
 * check, no steps arrive and only the form's answer is shown.
 */
export function CheckProgress({ pending, inPlace = false, children }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [passed, setPassed] = useState<readonly CheckStep[]>([]);

  useEffect(() => {
    const input = field.current;
    if (!input) return;
    if (!pending) {
      input.value = randomId();
      setPassed([]);
      return;
    }
    const reading = new AbortController();
    void readSteps(input.value, (step) => setPassed((before) => [...before, step]), reading.signal);
    return () => reading.abort();
  }, [pending]);

  const isUnderWay = pending && (inPlace || passed.length > 0);
  return (
    <>
      <input ref={field} type="hidden" name="progressId" />
      <p role="status" className="sr-only">
        {pending && progressInWords(passed)}
      </p>
      {!isUnderWay && children}
      {isUnderWay && inPlace && <CheckSteps steps={passed} failure={null} underWay />}
      {isUnderWay && !inPlace && (
        <div className="rounded-xl border border-line bg-sunken px-4 py-3">
          <CheckSteps steps={passed} failure={null} compact underWay />
        </div>
      )}
    </>
  );
}

const announcements: Readonly<Record<StepName, string>> = {
  address: "Checking with the server.",
  name: "Checking with the server.",
  connection: "Checking with the server.",
  certificate: "Checking with the server.",
  bitbucket: "It is a Bitbucket Server. Signing in.",
  signedIn: "Signed in.",
  allowed: "Signed in.",
};

/** Screen readers hear three announcements, not seven. */
function progressInWords(passed: readonly CheckStep[]): string {
  const newest = passed.at(-1)?.name;
  return newest === undefined ? "" : announcements[newest];
}

// crypto.randomUUID is missing where the portal is reached over plain http.
function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
