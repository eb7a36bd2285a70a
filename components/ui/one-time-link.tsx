"use client";

import { useState, useSyncExternalStore } from "react";
import { buttonStyle } from "./buttons";
import { Notice } from "./notice";

const never = () => () => {};

type Props = {
  link: string;
  /** What it is, for a screen reader. */
  label: string;
};

/** A new link that works once, to be copied now: it is not kept and cannot be shown again. */
export function OneTimeLink({ link, label }: Props) {
  const [copied, setCopied] = useState<string | null>(null);
  // Neither without script nor on an origin that the browser does not trust with the clipboard.
  const canCopy = useSyncExternalStore(
    never,
    () => Boolean(navigator.clipboard),
    () => false,
  );
  return (
    <Notice kind="good" role="status" title="The link is ready. Copy it now: it is shown only once">
      <div className="flex flex-wrap gap-2">
        <input
          readOnly
          aria-label={label}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          className="min-h-10 min-w-0 grow basis-56 rounded-lg border border-line-strong/60 bg-surface px-3 py-2"
        />
        {canCopy && (
          <button
            type="button"
            className={buttonStyle("secondary")}
            onClick={() => navigator.clipboard.writeText(link).then(() => setCopied(link))}
          >
            {copied === link ? "Copied" : "Copy"}
          </button>
        )}
      </div>
    </Notice>
  );
}
