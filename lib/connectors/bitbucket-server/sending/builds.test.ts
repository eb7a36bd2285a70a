import { expect, test } from "vitest";
import type { Values } from "@/lib/connectors/action";
import type { SendAnswer } from "@/lib/connectors/action-sender";
import { inTurn, ok, playAction } from "@/lib/testing/play-action";
import { isOlder } from "./server-version";

const sha = "4F4B0ef1714a5b6cafdaf2f53c7f5f5b38fb9348";
const place = { project: "SHOP", repository: "storefront", commit: sha };
const commit = `/rest/api/1.0/projects/SHOP/repos/storefront/commits/${sha.toLowerCase()}`;
const status: Values = {
  ...place,
  ...{ key: "15", state: "INPROGRESS", url: "https://ci.example/15", name: "Web", description: "#15" },
  ...{ ref: "refs/heads/main", duration: 900, testsFailed: 2 },
};

function write(action: string, values: Values, serverVersion: string | null = "9.4.3", body: unknown = null) {
  const answers = inTurn(ok(body, body === null ? 204 : 200));
  return playAction(action, values, answers, { context: { serverVersion } });
}

test.each(["9.4.3", "7.14.0", null])("version %s takes a build status below the repository", (version) => {
  const { calls, results } = write("build-status", status, version);
  expect(calls).toEqual([
    {
      kind: "write",
      call: {
        method: "POST",
        path: `${commit}/builds`,
        query: {},
        body: {
          ...{
            key: "15",
            state: "INPROGRESS",
            url: "https://ci.example/15",
            name: "Web",
            description: "#15",
          },
          ...{ ref: "refs/heads/main", duration: 900 },
          testResults: { failed: 2, skipped: 0, successful: 0 },
        },
      },
    },
  ]);
  expect(results).toEqual([
    {
      result: "sent",
      status: 204,
      answer: { key: "15", state: "INPROGRESS", page: `/projects/SHOP/repos/storefront/commits/${sha}` },
    },
  ]);
});

test("an older version takes it at the old resource, with what that knows", () => {
  const { calls } = write("build-status", status, "7.13.9");
  expect(calls[0]?.call).toMatchObject({
    path: `/rest/build-status/1.0/commits/${sha.toLowerCase()}`,
    body: { key: "15", state: "INPROGRESS", url: "https://ci.example/15", name: "Web", description: "#15" },
  });
  expect(calls[0]?.call.body).not.toHaveProperty("ref");
  const unknown = write("build-status", { ...status, state: "CANCELLED" }, "6.10.0");
  expect(unknown.calls).toEqual([]);
  expect(unknown.results).toMatchObject([{ result: "rejected", status: null }]);
});

test("a refusal stands at the field that it is about, or names the server's", () => {
  const problems = [
    { field: "url", message: "No address." },
    { field: "testResults.failed", message: "No number." },
  ];
  const refusal: SendAnswer = { kind: "rejected", status: 400, problems, body: {} };
  expect(playAction("build-status", status, inTurn(refusal)).results).toMatchObject([
    {
      result: "rejected",
      problems: [
        { field: "url", message: "No address." },
        { field: null, message: "testResults.failed: No number." },
      ],
    },
  ]);
});

test("a deployment has the shape that a server took", () => {
  const { calls, results } = write(
    "deployment",
    {
      ...place,
      ...{ sequenceNumber: 42, key: "my-key", displayName: "My name", description: "What it is" },
      ...{ url: "https://ci.example/42", state: "FAILED", environmentKey: "MY-ENV" },
      ...{ environmentType: "DEVELOPMENT", lastUpdated: 1_626_321_456_781 },
    },
    "9.4.3",
    { key: "my-key", state: "FAILED", deploymentSequenceNumber: 42, repository: {} },
  );
  expect(calls[0]?.call).toMatchObject({
    method: "POST",
    path: `${commit}/deployments`,
    body: {
      ...{ deploymentSequenceNumber: 42, key: "my-key", displayName: "My name", description: "What it is" },
      ...{ url: "https://ci.example/42", state: "FAILED", lastUpdated: 1_626_321_456_781 },
      environment: { key: "MY-ENV", displayName: "MY-ENV", type: "DEVELOPMENT" },
    },
  });
  expect(results).toMatchObject([
    { result: "sent", answer: { key: "my-key", state: "FAILED", deploymentSequenceNumber: 42 } },
  ]);
});

test.each([
  ["7.13.0", true],
  ["7.14", false],
  ["7.9.1", true],
  ["6.20.0", true],
  ["10.2.1", false],
  ["unknown", false],
  [null, false],
])("version %s is older than 7.14: %s", (version, isIt) => {
  expect(isOlder(version, [7, 14])).toBe(isIt);
});
