"use client";

import { useState, useSyncExternalStore } from "react";
import { buttonStyle } from "./buttons";
import { Notice } from "./notice";

const never = () => () => {};

type Props = {
  link: string;
  /** The name of the link for screen readers. */
  label: string;
};

/** A new link that works once. The portal cannot show it again, so the user must copy it now. */
export function OneTimeLink({ link, label }: Props) {
  const [copied, setCopied] = useState<string | null>(null);
  // Copying needs script and an origin that the browser allows to use the clipboard.
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
