import fc from "fast-check";
import { expect, test } from "vitest";
import { anyKeys, wrappings } from "@/lib/testing/api-keys";
import { keyFreeAddress } from "./key-free-address";

const addressOf = (search: string) => keyFreeAddress(new URL(`http://localhost/credentials${search}`));

test("an address without a key stays as it is", () => {
  const others = ["", "?q=nightly", "?q=BBDC-1234&status=verified", "?withheld=key"];
  expect(others.map(addressOf)).toEqual(others.map(() => null));
});

test("a key leaves the address, as value, as name and inside of another address; the rest stays", () => {
  fc.assert(
    fc.property(anyKeys, fc.constantFrom(...wrappings), (key, [, wrap]) => {
      const inside = `/sources?${new URLSearchParams({ q: wrap(key) })}`;
      const search = new URLSearchParams({
        status: "verified",
        q: wrap(key),
        [wrap(key)]: "1",
        next: inside,
      });
      expect(addressOf(`?${search}`)).toBe("/credentials?status=verified&withheld=key");
    }),
  );
});

test("it is said once, however often it happens", () => {
  const search = new URLSearchParams({ withheld: "key", q: `BBDC-${"aB3x".repeat(11)}` });
  expect(addressOf(`?${search}`)).toBe("/credentials?withheld=key");
});
