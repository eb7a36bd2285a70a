import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** The one look of what stands on the page by itself: a section, a form, an item with much to say. */
export function cardStyle(layout?: string): string {
  return classNames("rounded-2xl border border-line bg-surface p-5 shadow-rest sm:p-6", layout);
}

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

/** Rows of a list on a card, a line between each two: `li` elements, each with a padding of its own. */
export function RowList(list: Omit<ComponentProps<"ul">, "className">) {
  return (
    <ul
      {...list}
      className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface shadow-rest"
    />
  );
}
