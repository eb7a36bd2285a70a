import { classNames } from "./class-names";

/** The one look of what stands on the page by itself: a section, a form, an item with much to say. */
export function cardStyle(layout?: string): string {
  return classNames("rounded-2xl border border-line bg-surface p-5 shadow-rest sm:p-6", layout);
}
