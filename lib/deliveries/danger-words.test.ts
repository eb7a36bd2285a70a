import { expect, it } from "vitest";
import { actionCatalogueOf } from "@/lib/connectors/action-catalogues";
import { confirmLabel } from "./danger-words";

it("the button names what is done, and how often", () => {
  expect(confirmLabel("Merge a pull request", 12)).toBe("Merge 12 pull requests");
  expect(confirmLabel("Delete a branch", 1)).toBe("Delete 1 branch");
  expect(confirmLabel("Delete a branch", 3)).toBe("Delete 3 branches");
  expect(confirmLabel("Manual deletion", 1200)).toBe("Manual deletion: 1,200 records");
});

it("every action that cannot be taken back says its number", () => {
  const dangerous = actionCatalogueOf("bitbucket-server").actions.filter(({ danger }) => danger !== null);
  expect(dangerous.length).toBeGreaterThan(3);
  for (const { label } of dangerous) expect(confirmLabel(label, 7)).toMatch(/\b7 [a-z ]+s$/);
});
