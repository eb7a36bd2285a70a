import { expect } from "vitest";
import { type Page, type PageStart, parseStart } from "@/lib/paging";

/** All items of a list, page by page; the way back from its last page has to lead through the same pages. */
export async function readBothWays<Item>(
  read: (start: PageStart | null) => Promise<Page<Item>>,
  sort: string | null = null,
): Promise<Item[]> {
  const pages = [await read(null)];
  expect(pages[0]?.previous).toBeNull();
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
    pages.push(await read(parseStart({ after: next }, sort)));
  }
  let page = pages.at(-1);
  for (const expected of pages.toReversed().slice(1)) {
    page = await read(parseStart({ before: page?.previous ?? "" }, sort));
    expect(page).toEqual(expected);
  }
  return pages.flatMap(({ items }) => items);
}
