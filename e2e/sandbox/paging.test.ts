import { expect, test } from "vitest";
import { pageOf } from "./paging";

const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const isOdd = (row: number) => row % 2 === 1;

function page(query: string, canSee: (row: number) => boolean = () => true, all = rows): unknown {
  return JSON.parse(
    String(pageOf(new URLSearchParams(query), { rows: all, view: (row) => row, canSee }).body),
  );
}

test("the first unreadable row is skipped, so nextPageStart is not start + size", () => {
  expect(page("limit=2", isOdd)).toEqual({
    size: 2,
    limit: 2,
    isLastPage: false,
    values: [1, 3],
    start: 0,
    nextPageStart: 5,
  });
});

test("following nextPageStart gives every readable row once and ends on a last page without it", () => {
  expect(page("limit=2&start=5", isOdd)).toMatchObject({ values: [5, 7], nextPageStart: 9 });
  const last = page("limit=2&start=9", isOdd);
  expect(last).toEqual({ size: 1, limit: 2, isLastPage: true, values: [9], start: 9 });
});

test("a full page followed only by unreadable rows is the last one", () => {
  expect(page("limit=1", (row) => row === 0)).toMatchObject({ size: 1, isLastPage: true });
});

test("the limit is 25 by default and silently capped at 1000", () => {
  const many = Array.from({ length: 1200 }, (_, row) => row);
  expect(page("", undefined, many)).toMatchObject({ size: 25, limit: 25, nextPageStart: 25 });
  expect(page("limit=5000", undefined, many)).toMatchObject({ size: 1000, limit: 1000, nextPageStart: 1000 });
});

test("a start behind the end is an empty last page", () => {
  expect(page("start=99")).toMatchObject({ size: 0, values: [], isLastPage: true, start: 99 });
});

test.each(["limit=0", "limit=-1", "limit=many", "start=-1"])(
  "%s is a bad request that names the field",
  (query) => {
    const answer = pageOf(new URLSearchParams(query), { rows, view: (row) => row });
    expect(answer.status).toBe(400);
    expect(JSON.parse(String(answer.body))).toMatchObject({ errors: [{ context: query.split("=")[0] }] });
  },
);
