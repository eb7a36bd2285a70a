import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** The one look of a card: a section, a form, a large list item. */
export function cardStyle(layout?: string): string {
  return classNames("rounded-2xl border border-line bg-surface p-5 shadow-rest sm:p-6", layout);
}

type Props = {
  title: string;
  /** Shown beside the title, such as a date or a button. */
  aside?: ReactNode;
  children: ReactNode;
};

/** A titled section on a card. */
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

/** A list on a card with lines between the rows: `li` elements, each with its own padding. */
export function RowList(list: Omit<ComponentProps<"ul">, "className">) {
  return (
    <ul
      {...list}
      className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface shadow-rest"
    />
  );
}
