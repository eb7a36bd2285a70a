import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { iconsPath } from "@/lib/paths";
import { iconDrawings, iconSprite } from "./icon-drawings";

it("the sprite has every drawing under its name, and no fixed colour", () => {
  const names = [...iconSprite().matchAll(/<symbol id="([^"]+)" viewBox="0 0 24 24"><\w/g)].map(
    ([, name]) => name,
  );
  expect(names).toEqual(Object.keys(iconDrawings));
  expect(iconSprite()).not.toMatch(/fill="(?!none|currentColor)|stroke="(?!none|currentColor)/);
});

it("the sprite's address changes with the drawings, because browsers keep it for a year", () => {
  const version = createHash("sha256").update(iconSprite()).digest("hex").slice(0, 8);
  expect(iconsPath).toBe(`/icons.svg?v=${version}`);
});
