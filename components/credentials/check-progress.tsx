"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Rung } from "@/lib/connectors/types";
import { CheckLadder } from "./check-ladder";
import { readRungs } from "./read-rungs";

type Props = {
  /** The form around is on its way. */
  pending: boolean;
  /** The ladder of the newest check stands here in full, and starts anew in its place. */
  inPlace?: boolean;
  /** What came of it: gives way to the ladder while the next check climbs. */
  children?: ReactNode;
};

/**
 * Inside the form that starts a check: shows the rungs as the server passes them. Where they do not come, without script
 * or from another process, it shows nothing of its own, and the answer says all.
 */
export function CheckProgress({ pending, inPlace = false, children }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [passed, setPassed] = useState<readonly Rung[]>([]);

  useEffect(() => {
    const input = field.current;
    if (!input) return;
    if (!pending) {
      input.value = randomId();
      setPassed([]);
      return;
    }
    const reading = new AbortController();
    void readRungs(input.value, (rung) => setPassed((before) => [...before, rung]), reading.signal);
    return () => reading.abort();
  }, [pending]);

  const isClimbing = pending && (inPlace || passed.length > 0);
  return (
    <>
      <input ref={field} type="hidden" name="progressId" />
      <p role="status" className="sr-only">
        {pending && climbInWords(passed)}
      </p>
      {!isClimbing && children}
      {isClimbing && inPlace && <CheckLadder rungs={passed} failure={null} climbing />}
      {isClimbing && !inPlace && (
        <div className="rounded-xl border border-line bg-sunken px-4 py-3">
          <CheckLadder rungs={passed} failure={null} compact climbing />
        </div>
      )}
    </>
  );
}

/** Said to a screen reader at three moments, not at seven. */
function climbInWords(passed: readonly Rung[]): string {
  const newest = passed.at(-1)?.name;
  if (newest === undefined) return "";
  if (newest === "signedIn" || newest === "allowed") return "Signed in.";
  return newest === "bitbucket" ? "It is a Bitbucket Server. Signing in." : "Checking with the server.";
}

// crypto.randomUUID is missing where the portal is reached by plain http.
function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
