import { describe, expect, it } from "vitest";
import { storablePage } from "./storable";

const record = (key: string, data = {}) => ({ key, group: null, parent: null, data });

describe("records as the database takes them", () => {
  it("have one hash whatever the order of names, and another one for other values, group or parent", () => {
    const hashOf = (...given: Parameters<typeof storablePage>[0]) =>
      JSON.parse(storablePage(given).json)[0].hash;
    const hash = hashOf(record("a", { x: 1, y: { p: 1, q: null } }));
    expect(hash).toMatch(/^[0-9a-f]{32}$/);
    expect(hashOf(record("a", { y: { q: null, p: 1 }, x: 1, z: undefined }))).toBe(hash);
    expect(hashOf(record("a", { x: 1, y: { p: 1 } }))).not.toBe(hash);
    expect(hashOf({ ...record("a", { x: 1, y: { p: 1, q: null } }), group: "1" })).not.toBe(hash);
    expect(hashOf({ ...record("a", { x: 1, y: { p: 1, q: null } }), parent: "1" })).not.toBe(hash);
  });

  it("are JSON with the last of equal keys, in its place", () => {
    const { json, count } = storablePage([
      record("a", { n: 1 }),
      record("b"),
      record("a", { n: 2, z: undefined }),
    ]);
    expect(count).toBe(2);
    expect(JSON.parse(json)).toMatchObject([
      { place: 1, key: "b", group_id: null, parent: null, data: {} },
      { place: 2, key: "a", data: { n: 2 } },
    ]);
  });

  it("refuse keys that the index could not hold, and empty ones", () => {
    expect(() => storablePage([record("é".repeat(1001))])).toThrow("2002 bytes");
    expect(() => storablePage([record("")])).toThrow();
  });
});
