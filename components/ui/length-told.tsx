"use client";

import { useEffect, useRef, useState } from "react";
import { classNames } from "./class-names";

// Below this share of the limit no count is shown.
const toldFrom = 0.8;

/** Counts the characters of the text field beside it while the user types near its limit. */
export function LengthTold({ limit }: { limit: number }) {
  const told = useRef<HTMLParagraphElement>(null);
  const [length, setLength] = useState(0);

  useEffect(() => {
    const control = told.current?.parentElement?.querySelector<HTMLInputElement | HTMLTextAreaElement>(
      "input, textarea",
    );
    if (!control) return;
    // Counted as stored: NFC, without surrounding white space.
    const count = () => setLength(control.value.normalize("NFC").trim().length);
    count();
    control.addEventListener("input", count);
    return () => control.removeEventListener("input", count);
  }, []);

  const excess = length - limit;
  return (
    <p
      ref={told}
      role="status"
      className={classNames("text-xs empty:hidden", excess > 0 ? "font-medium text-bad" : "text-muted")}
    >
      {wordsFor(length, limit)}
    </p>
  );
}

function wordsFor(length: number, limit: number): string {
  if (length > limit) return `${length - limit} too many: at most ${limit} characters.`;
  return length >= limit * toldFrom ? `${length} of ${limit} characters.` : "";
}
