import { describe, expect, it } from "vitest";
import { cursorOf, type PageStart, parseCursor, parseStart, readPage } from "./paging";

const id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

describe("a cursor", () => {
  it("comes back from an address as it went there", () => {
    const at = new Date("2026-11-23T12:34:56.789Z");
    expect(parseCursor(cursorOf(at, id))).toEqual({ at, id });
    expect(parseCursor(cursorOf(null, id))).toEqual({ at: null, id });
    for (const name of ["Nightly 100%", "a.b~c", "İnvoice"]) {
      expect(parseCursor(cursorOf(name, id), "name")).toEqual({ at: name, id });
    }
  });

  it.each([undefined, "", "x", "1", `.${id}`, `zzzzzzzzzzzz.${id}`, `1.${id}x`, "1.' or true --"])(
    "that is nonsense (%j) begins the list anew",
    (text) => {
      expect(parseCursor(text)).toBeNull();
      expect(parseCursor(text, "name")).toBeNull();
    },
  );

  it("never holds what a database refuses", () => {
    expect(parseCursor(`zzzzzzzzzzz.${id}`)).toBeNull();
    expect(parseCursor(`zzzzzzzzz.${id}`)).toMatchObject({ at: new Date(36 ** 9 - 1) });
    expect(parseCursor(`~a\0b.${id}`, "name")).toBeNull();
    expect(parseCursor(`~${"n".repeat(401)}.${id}`, "name")).toBeNull();
    expect(parseCursor(`1.${"-".repeat(36)}`)).toBeNull();
  });

  it("of a list by names says nothing in a list by instants, and the other way round", () => {
    expect(parseCursor(cursorOf("Name", id))).toBeNull();
    expect(parseCursor(cursorOf(new Date(), id), "name")).toBeNull();
  });
});

/** A newest-first list of these instants, as a database would read it. */
function listOf(instants: number[]) {
  const rows = instants.map((at) => ({ id: `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`, at }));
  const read = async (start: PageStart | null, limit: number) => {
    const at = Number(start?.cursor.at);
    const sorted = [...rows].sort((one, other) => other.at - one.at);
    if (!start) return sorted.slice(0, limit);
    const beside = start.isBefore
      ? sorted.filter((row) => row.at > at).reverse()
      : sorted.filter((row) => row.at < at);
    return beside.slice(0, limit);
  };
  const page = (asked: { after?: string | null; before?: string | null } = {}) =>
    readPage(
      {
        ...{ size: 3, read, keyOf: (row: (typeof rows)[number]) => new Date(row.at) },
        start: parseStart({ after: asked.after ?? undefined, before: asked.before ?? undefined }),
      },
      ({ at }) => at,
    );
  return {
    page,
    remove: (at: number) =>
      rows.splice(
        rows.findIndex((row) => row.at === at),
        1,
      ),
  };
}

describe("paging", () => {
  it("leads to the end and back through the same pages, without a link beyond either end", async () => {
    const { page } = listOf([8, 7, 6, 5, 4, 3, 2, 1]);
    const first = await page();
    const second = await page({ after: first.next });
    const third = await page({ after: second.next });
    expect([first, second, third].map(({ items }) => items)).toEqual([
      [8, 7, 6],
      [5, 4, 3],
      [2, 1],
    ]);
    expect([first.previous, third.next]).toEqual([null, null]);
    const back = await page({ before: third.previous });
    expect(back.items).toEqual(second.items);
    expect([back.previous, back.next]).toEqual([second.previous, second.next]);
    expect(await page({ before: back.previous })).toEqual(first);
  });

  it("shows the whole first page where fewer rows than a page are newer", async () => {
    const list = listOf([8, 7, 6, 5, 4, 3, 2, 1]);
    const first = await list.page();
    const second = await list.page({ after: first.next });
    list.remove(7);
    expect(await list.page({ before: second.previous })).toMatchObject({
      items: [8, 6, 5],
      previous: null,
    });
  });

  it("goes on from a row that was deleted meanwhile, and begins anew if nothing is left beyond it", async () => {
    const list = listOf([5, 4, 3, 2, 1]);
    const first = await list.page();
    list.remove(3);
    expect((await list.page({ after: first.next })).items).toEqual([2, 1]);
    list.remove(2);
    list.remove(1);
    expect(await list.page({ after: first.next })).toEqual({ items: [5, 4], next: null, previous: null });
  });
});
