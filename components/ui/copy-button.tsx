"use client";

import { useState, useSyncExternalStore } from "react";
import { Icon } from "@/components/ui/icon";
import { buttonStyle } from "./buttons";

type Props = {
  text: string;
  /** What is copied, for screen readers. */
  what: string;
  /** True for an icon alone, beside a value. */
  isSmall?: boolean;
};

const never = () => () => {};

/** Copies a text with one press. Nothing where the browser has no clipboard for this origin, or no script. */
export function CopyButton({ text, what, isSmall = false }: Props) {
  const [copied, setCopied] = useState<string | null>(null);
  const canCopy = useSyncExternalStore(
    never,
    () => Boolean(navigator.clipboard),
    () => false,
  );
  if (!canCopy) return null;
  const isDone = copied === text;
  const icon = isDone ? "check" : "copy";
  return (
    <button
      type="button"
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(text))}
      className={
        isSmall
          ? "inline-grid size-6 shrink-0 cursor-pointer place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
          : buttonStyle("secondary")
      }
    >
      <Icon name={icon} className={isDone ? "size-4 text-good" : "size-4"} />
      {!isSmall && (isDone ? "Copied" : "Copy")}
      <span className="sr-only">{isSmall ? `${isDone ? "Copied" : "Copy"}: ${what}` : ` ${what}`}</span>
    </button>
  );
}
