"use client";

import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import type { Direction } from "@/lib/paths";

const steps = [
  { id: "connector", label: "Connector" },
  { id: "authenticate", label: "Authenticate" },
  { id: "data", label: "Data" },
  { id: "details", label: "Details" },
] as const;

type Props = {
  direction: Direction;
  step: (typeof steps)[number]["id"];
  title: string;
  /** False if something on the page is more urgent than its heading. */
  takesFocus?: boolean;
  children: ReactNode;
};

/** The steps of the wizard, and the heading of the current step. */
export function WizardHeader({ direction, step, title, takesFocus = true, children }: Props) {
  const current = steps.findIndex(({ id }) => id === step);
  return (
    <div className="flex flex-col gap-5">
      <ol
        aria-label={`New data ${direction}`}
        className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm"
      >
        {steps.map(({ id, label }, index) => (
          <li
            key={id}
            aria-current={index === current ? "step" : undefined}
            className="flex items-center gap-2"
          >
            {index > 0 && <span aria-hidden className="mr-1 hidden h-px w-8 bg-line-strong/50 sm:block" />}
            <span
              aria-hidden
              className={classNames(
                "flex size-5.5 items-center justify-center rounded-full text-xs font-semibold",
                index <= current
                  ? "bg-accent text-on-accent"
                  : "bg-sunken text-muted ring-1 ring-line-strong/50 ring-inset",
              )}
            >
              {index < current ? <Icon name="check" className="size-3.5" /> : index + 1}
            </span>
            <span className={index === current ? "font-medium" : "text-muted"}>{label}</span>
            {index < current && <span className="sr-only">(done)</span>}
          </li>
        ))}
      </ol>
      <PageHeader title={title} lead={children} takesFocus={takesFocus} />
    </div>
  );
}
