import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { Link } from "./link";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";

const base =
  "inline-flex min-h-10 items-center justify-center gap-2 rounded-lg border px-4 py-2 text-sm font-medium transition-colors cursor-pointer aria-disabled:cursor-not-allowed aria-disabled:opacity-60";

const looks: Record<ButtonLook, string> = {
  // The transparent border becomes visible when the user's own colours replace ours.
  primary: "border-transparent bg-accent text-on-accent shadow-rest hover:bg-accent-hover",
  secondary: "border-line-strong/50 bg-surface text-ink hover:border-line-strong hover:bg-sunken",
  // For actions that cannot be undone.
  danger: "border-bad bg-bad-soft text-bad hover:bg-bad hover:text-on-accent",
  quiet: "border-transparent text-muted hover:bg-sunken hover:text-ink",
};

/** The one shape of buttons and of links that look like buttons. */
export function buttonStyle(look: ButtonLook, extra?: string): string {
  return classNames(base, looks[look], extra);
}

/** A link that looks like a button: it opens in a new tab and needs no script. */
export function ButtonLink({
  look = "secondary",
  className,
  ...link
}: ComponentProps<typeof Link> & { look?: ButtonLook }) {
  return <Link {...link} className={buttonStyle(look, className)} />;
}
