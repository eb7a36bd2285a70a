import { type ReactNode, useId } from "react";
import { cardStyle } from "./card-style";

type Props = {
  title: string;
  /** Stands beside the title, such as when it was found or what can be done. */
  aside?: ReactNode;
  children: ReactNode;
};

/** A part of a page with a title of its own, on a card. */
export function Section({ title, aside, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cardStyle("flex min-w-0 flex-col gap-4")}>
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {aside && <div className="text-sm text-muted">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
