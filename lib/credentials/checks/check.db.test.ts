import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sandboxAccounts, sandboxKeys } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo } from "@/lib/testing/database";
import { checkFor } from "./check";

let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

it("two parallel checks of one key share the server's answer, and each compares it with its own account name", async () => {
  const [one, two] = await ownDatabaseOfTwo();
  const actor = await ownerOfCredentials(one);
  sandbox.set("/", { delayMs: 300 });
  const { name } = sandboxAccounts.jane;
  const apiKey = sandboxKeys.janeRead.value;
  const checkNaming = (expectedAccount: string | null, db = one) =>
    checkFor(db, actor, {
      kind: "bitbucket-server" as const,
      baseUrl: baseUrlAt(sandbox.url("/")),
      signIn: { scheme: "bearer", apiKey: Secret.of(apiKey), expectedAccount },
    });
  const outcomes = await Promise.all([checkNaming(name), checkNaming("ana", two), checkNaming(null)]);
  const warned = outcomes.map((outcome) =>
    outcome.kind === "verified"
      ? [outcome.expectedAccountDiffers, outcome.warnings.includes("OTHER_ACCOUNT")]
      : outcome.reason,
  );
  expect(warned).toEqual([
    [null, false],
    ["ana", true],
    [null, false],
  ]);
  const requested = sandbox.journal().filter(({ path }) => path.endsWith("/application-properties"));
  expect(requested.map(({ scheme }) => scheme)).toEqual(["none", "Bearer"]);
}, 30_000);
