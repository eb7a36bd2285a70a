import type { ComponentProps } from "react";

/** Rows of a list on a card, a line between each two: `li` elements, each with a padding of its own. */
export function RowList(list: Omit<ComponentProps<"ul">, "className">) {
  return (
    <ul
      {...list}
      className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface shadow-rest"
    />
  );
}
