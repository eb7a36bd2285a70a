import { expect } from "vitest";
import { type Page, type PageParameters, type PageStart, parseStart } from "@/lib/paging";

/** All items of a list, page by page; the way back from its last page has to lead through the same pages. */
export function readBothWays<Item>(
  read: (start: PageStart | null) => Promise<Page<Item>>,
  sort: string | null = null,
): Promise<Item[]> {
  return followBothWays((parameters) => read(parseStart(parameters, sort)));
}

/** The same for a list that is read by the parameters of its address. */
export async function followBothWays<Item>(
  read: (parameters: PageParameters) => Promise<Page<Item>>,
): Promise<Item[]> {
  const pages = [await read({})];
  expect(pages[0]?.previous).toBeNull();
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
    pages.push(await read({ after: next }));
  }
  let page = pages.at(-1);
  for (const expected of pages.toReversed().slice(1)) {
    page = await read({ before: page?.previous ?? "" });
    expect(page).toEqual(expected);
  }
  return pages.flatMap(({ items }) => items);
}
