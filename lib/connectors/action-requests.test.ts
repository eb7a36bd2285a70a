import { expect, test } from "vitest";
import { writesOf } from "./action-requests";
import { senderOf } from "./action-senders";

test("the calls that would change something are listed, and nothing is sent", () => {
  const context = { action: "pull-request-comment", serverVersion: "9.4.3", account: "jane" };
  const values = { project: "SHOP", repository: "storefront", pullRequest: 4, text: "Hello" };
  const calls = writesOf(senderOf("bitbucket-server"), context, [
    { marker: "0123456789abcdef", values, past: { kind: "new" } },
  ]);
  expect(calls).toMatchObject([
    { method: "POST", path: "/rest/api/1.0/projects/SHOP/repos/storefront/pull-requests/4/comments" },
  ]);
});
