"use client";

import { useContext } from "react";
import { ButtonLink, buttonStyle } from "@/components/ui/buttons";
import { classNames } from "@/components/ui/class-names";
import { DataFormPending } from "./pending";

type Props = {
  back: { readonly href: string; readonly label: string };
  path: string;
  next: { readonly path: string; readonly label: string };
  /** The button that tries the choice: its value, its label, and the anchor of what it shows. */
  trial: { readonly does: string; readonly label: string; readonly anchor: string };
  /** What stands below the long list, on narrow screens or on all. */
  below: { readonly href: string; readonly label: string; readonly isBelowAlways?: boolean };
};

/** Back, Preview or Dry run, and Next, always in view. */
export function DataButtons({ back, path, next, trial, below }: Props) {
  const pending = useContext(DataFormPending);
  return (
    <div className="sticky bottom-0 z-10 -mx-4 flex items-center justify-between gap-2 border-t border-line bg-canvas px-4 py-4 sm:mx-0 sm:px-0">
      <div className="flex items-center gap-2">
        <ButtonLink href={back.href} look="quiet" className="max-sm:px-2">
          {back.label}
        </ButtonLink>
        <a
          href={below.href}
          className={classNames(
            "py-1 text-sm text-muted underline underline-offset-4",
            !below.isBelowAlways && "lg:hidden",
          )}
        >
          {below.label}
        </a>
      </div>
      <div className="flex items-center gap-2 sm:gap-3">
        <span role="status" className="text-sm text-muted max-sm:sr-only">
          {pending && "Loading…"}
        </span>
        <button
          type="submit"
          name="do"
          value={trial.does}
          formAction={`${path}#${trial.anchor}`}
          aria-disabled={pending}
          className={buttonStyle("secondary")}
        >
          {trial.label}
        </button>
        <button
          type="submit"
          name="do"
          value="next"
          formAction={next.path}
          aria-disabled={pending}
          className={buttonStyle("primary", "sm:min-w-24")}
        >
          {next.label}
        </button>
      </div>
    </div>
  );
}
