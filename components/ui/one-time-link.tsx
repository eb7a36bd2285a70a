"use client";

import { CopyButton } from "./copy-button";
import { Notice } from "./notice";

type Props = {
  link: string;
  /** The name of the link for screen readers. */
  label: string;
  title?: string;
};

/** A new link that works once, or a secret. The portal cannot show it again, so the user must copy it now. */
export function OneTimeLink({
  link,
  label,
  title = "The link is ready. Copy it now: it is shown only once",
}: Props) {
  return (
    <Notice kind="good" role="status" title={title}>
      <div className="flex flex-wrap gap-2">
        <input
          readOnly
          aria-label={label}
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          className="min-h-10 min-w-0 grow basis-56 rounded-lg border border-line-strong/60 bg-surface px-3 py-2"
        />
        <CopyButton text={link} what={label} />
      </div>
    </Notice>
  );
}
