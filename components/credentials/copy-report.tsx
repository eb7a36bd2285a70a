"use client";

import { useRef, useState, useSyncExternalStore } from "react";
import { buttonStyle } from "@/components/ui/buttons";
import { Icon } from "@/components/ui/icon";

const never = () => () => {};

type Props = {
  report: string;
  /** True in a wrapping row of buttons: its button joins them, and the text takes a row of its own. */
  isInRow?: boolean;
};

/** A check as text for support: the user can read it and copy it with one press. */
export function CopyReport({ report, isInRow = false }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState("");
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(report);
      setSaid("Copied.");
    } catch {
      // Browsers allow the clipboard over https only, and may ask first; if refused, the text is opened to be copied by
      // hand.
      if (details.current) details.current.open = true;
      text.current?.select();
      setSaid("Your browser keeps its clipboard. The report is selected: copy it with Ctrl or ⌘ and C.");
    }
  }

  return (
    <div className={isInRow ? "contents" : "flex flex-col gap-3"}>
      {hasScript && (
        <div className="flex min-w-0 flex-wrap items-center gap-3 text-sm">
          <button type="button" onClick={copy} className={buttonStyle("secondary")}>
            {said === "Copied." ? (
              <Icon name="check" className="size-4 text-good" />
            ) : (
              <Icon name="copy" className="size-4" />
            )}
            Copy report
          </button>
          <p role="status" className="min-w-0 text-muted">
            {said}
          </p>
        </div>
      )}
      <details ref={details} className="min-w-0 basis-full text-sm">
        <summary className="cursor-pointer py-0.5 text-muted underline-offset-4 hover:text-ink hover:underline">
          Report as text
        </summary>
        <textarea
          ref={text}
          readOnly
          aria-label="Report, without secrets"
          value={report}
          rows={report.split("\n").length}
          className="mt-2 w-full resize-y rounded-lg border border-line bg-sunken p-3 font-mono text-xs text-ink"
        />
      </details>
    </div>
  );
}
