import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Values } from "@/lib/connectors/action";
import type { DestinationConnection } from "@/lib/connectors/action-sender";
import { sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import { newestCommit } from "./newest-commit";
import { asAna, withKey } from "./read-sources";
import { closeDestinations, destinationAt, send } from "./send-records";
import { type Sandbox, startSandbox } from "./start";
import { writer } from "./writer";

let sandbox: Sandbox;
let destination: DestinationConnection;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(async () => {
  sandbox.reset();
  destination = await destinationAt(sandbox, withKey(sandboxKeys.janeRead));
});
afterEach(closeDestinations);
afterAll(() => sandbox.close());

const repository = { project: "DATA", repository: "event-lake" };
const api = "api/1.0/projects/DATA/repos/event-lake";
const jane = () => writer(sandbox, bearer(sandboxKeys.janeRead.value));
const faults = () => sandbox.instance("/").disturbances;
const pull: Values = { ...repository, pullRequest: 4 };

const activitiesSchema = z.object({
  values: z.array(z.looseObject({ comment: z.looseObject({ text: z.string() }).optional() })),
});

async function textsOfComments(): Promise<string[]> {
  const { json } = await jane().get(`${api}/pull-requests/4/activities?limit=500`);
  return activitiesSchema.parse(json).values.flatMap(({ comment }) => (comment ? [comment.text] : []));
}

describe("a pull request comment", () => {
  const comment = { ...pull, text: "Please look." };

  test("is written, edited, and written anew after it was deleted", async () => {
    const first = await send(destination, "pull-request-comment", [comment]);
    expect(first.results).toMatchObject([{ result: "sent", status: 201, answer: { id: 1, version: 0 } }]);
    const edited = { ...comment, text: "Please look again." };
    const second = await send(destination, "pull-request-comment", [edited], first.pasts);
    expect(second.results).toMatchObject([{ result: "sent", status: 200, answer: { id: 1, version: 1 } }]);
    expect(await textsOfComments()).toEqual(["Please look again.\n\n[//]: # (latchkey:0000000000000000)"]);
    await send(destination, "delete-comment", [{ ...pull, comment: 1 }]);
    expect(await textsOfComments()).toEqual([]);
    const third = await send(destination, "pull-request-comment", [comment], second.pasts);
    expect(third.results).toMatchObject([{ result: "sent", status: 201 }]);
    expect(await textsOfComments()).toHaveLength(1);
  });

  test("of which the answer was lost stands once", async () => {
    faults().cutConnection({ afterWrite: true });
    const { results, calls } = await send(destination, "pull-request-comment", [comment]);
    expect(results).toMatchObject([{ result: "already", answer: { id: 1 } }]);
    expect(calls).toEqual(["POST 4/comments lost", "GET 4/activities done"]);
    expect(await textsOfComments()).toHaveLength(1);
  });

  test("that was lost before it was written is written", async () => {
    faults().failWrites({ status: 502, times: 2 });
    const { calls } = await send(destination, "pull-request-comment", [comment]);
    expect(calls.filter((one) => one.startsWith("POST"))).toHaveLength(3);
    expect(await textsOfComments()).toHaveLength(1);
  });

  test("waits for a busy server, and is refused with the server's words", async () => {
    faults().failWrites({ status: 429, retryAfterSeconds: 1 });
    const { calls } = await send(destination, "pull-request-comment", [comment]);
    expect(calls).toEqual(["POST 4/comments wait", "POST 4/comments done"]);
    const long = { ...comment, text: "x".repeat(33_000) };
    expect((await send(destination, "pull-request-comment", [long])).results).toMatchObject([
      {
        result: "rejected",
        status: 400,
        problems: [{ field: "text", message: expect.stringMatching(/32768/) }],
      },
    ]);
    const nowhere = { ...comment, pullRequest: 99 };
    expect((await send(destination, "pull-request-comment", [nowhere])).results).toMatchObject([
      { result: "rejected", status: 404 },
    ]);
  });

  test("of a revoked key ends the run, and nothing is written", async () => {
    const revoked = await destinationAt(sandbox, withKey(sandboxKeys.janeRevoked));
    await expect(send(revoked, "pull-request-comment", [comment])).rejects.toThrow("SECRET_REJECTED");
    expect(sandbox.writes({ done: true })).toEqual([]);
  });
});

test("a task is resolved and opened again", async () => {
  const task = await send(destination, "pull-request-task", [{ ...pull, text: "Rename it." }]);
  expect(task.results).toMatchObject([{ result: "sent", status: 201, answer: { id: 1 } }]);
  const change = (state: string) => send(destination, "change-comment", [{ ...pull, comment: 1, state }]);
  expect((await change("RESOLVED")).results).toMatchObject([
    { result: "sent", answer: { state: "RESOLVED" } },
  ]);
  expect((await change("RESOLVED")).results).toMatchObject([{ result: "already" }]);
  expect((await change("OPEN")).results).toMatchObject([{ result: "sent" }]);
});

test("a commit comment on a file of which the answer was lost stands once", async () => {
  const commit = await newestCommit(sandbox);
  const changes = z.object({ values: z.array(z.object({ path: z.object({ toString: z.string() }) })) });
  const { values } = changes.parse((await jane().get(`${api}/commits/${commit}/changes`)).json);
  const path = values[0]?.path.toString ?? "";
  faults().cutConnection({ afterWrite: true });
  const { results, calls } = await send(destination, "commit-comment", [
    { ...repository, commit, text: "Why?", path },
  ]);
  expect(calls.map((one) => one.split(" ").at(-1))).toEqual(["lost", "done"]);
  expect(results).toMatchObject([{ result: "already" }]);
});

test("a commit comment on no file is unknown if its answer was lost", async () => {
  faults().cutConnection({ afterWrite: true });
  const { results } = await send(destination, "commit-comment", [
    { ...repository, commit: await newestCommit(sandbox), text: "Why?" },
  ]);
  expect(results).toMatchObject([{ result: "unknown" }]);
});

test("build statuses and deployments replace themselves, at the new resource and the old one", async () => {
  const commit = await newestCommit(sandbox);
  const status = { ...repository, commit, key: "WEB", state: "INPROGRESS", url: "https://ci.example/7" };
  const states = async () => {
    const page = z.object({ values: z.array(z.looseObject({ key: z.string(), state: z.string() })) });
    const { json } = await jane().get(`build-status/1.0/commits/${commit}`);
    return page.parse(json).values.flatMap(({ key, state }) => (key === "WEB" ? [state] : []));
  };
  expect((await send(destination, "build-status", [status])).results).toMatchObject([
    { result: "sent", status: 204 },
  ]);
  expect(await states()).toEqual(["INPROGRESS"]);
  const old = { serverVersion: "7.10.0" };
  await send(destination, "build-status", [{ ...status, state: "FAILED" }], [], old);
  expect(await states()).toEqual(["FAILED"]);
  const deployment: Values = {
    ...{ ...repository, commit, sequenceNumber: 42, key: "web", displayName: "Web", description: "Web 42" },
    ...{ url: "https://ci.example/42", state: "SUCCESSFUL", environmentKey: "production" },
  };
  expect((await send(destination, "deployment", [deployment])).results).toMatchObject([
    { result: "sent", status: 200, answer: { key: "web", state: "SUCCESSFUL" } },
  ]);
});

describe("Code Insights", () => {
  const remarks = (commit: string, count: number, report = "latchkey"): Values[] =>
    Array.from({ length: count }, (_, at) => ({
      ...{ ...repository, commit, report, message: `Number ${at}`, severity: "LOW" },
      ...{ path: "README.md", line: at },
    }));

  async function standing(commit: string, report = "latchkey"): Promise<string[]> {
    const path = `insights/1.0/projects/DATA/repos/event-lake/commits/${commit}/reports/${report}/annotations`;
    const list = z.object({ annotations: z.array(z.looseObject({ message: z.string() })) });
    return list.parse((await jane().get(path)).json).annotations.map(({ message }) => message);
  }

  test("a thousand annotations go with a report that is made for them, once, although the line breaks", async () => {
    const commit = await newestCommit(sandbox);
    faults().cutConnection({ afterWrite: true, times: 2 });
    const { results, calls } = await send(destination, "code-insights-annotation", remarks(commit, 1000));
    expect(await standing(commit)).toHaveLength(1000);
    expect(new Set(results.map(({ result }) => result))).toEqual(new Set(["already"]));
    expect(calls.map((one) => one.replace(/\S+\//, ""))).toEqual([
      "GET annotations missing",
      "PUT latchkey lost",
      "GET annotations done",
      "POST annotations lost",
      "GET annotations done",
    ]);
    const more = await send(destination, "code-insights-annotation", remarks(commit, 1001));
    expect(more.results.filter(({ result }) => result === "rejected")).toHaveLength(1);
    expect(await standing(commit)).toHaveLength(1000);
  });

  test("a changed annotation is replaced, and a bad one refused alone", async () => {
    const commit = await newestCommit(sandbox);
    const [one, two] = remarks(commit, 2);
    if (!one || !two) throw new Error("No remarks");
    const first = await send(destination, "code-insights-annotation", [one, two]);
    const second = await send(
      destination,
      "code-insights-annotation",
      [one, { ...two, message: "Changed" }],
      first.pasts,
    );
    expect(second.results.map(({ result }) => result)).toEqual(["already", "sent"]);
    expect(await standing(commit)).toEqual(["Number 0", "Changed"]);
    const [, , third] = remarks(commit, 3);
    const bad = { ...third, message: "x".repeat(2_001) };
    const [, , , fourth] = remarks(commit, 4);
    const last = await send(destination, "code-insights-annotation", [one, two, bad, fourth ?? {}]);
    expect(last.results.map(({ result }) => result)).toEqual(["already", "sent", "rejected", "sent"]);
    expect(last.results[2]).toMatchObject({ problems: [{ field: "message" }] });
  });

  test("a report is replaced by its creator only", async () => {
    const commit = await newestCommit(sandbox);
    const report: Values = { ...repository, commit, key: "style", title: "Style", result: "FAIL" };
    expect((await send(destination, "code-insights-report", [report])).results).toMatchObject([
      { result: "sent", status: 200, answer: { key: "style", result: "FAIL" } },
    ]);
    const other = await destinationAt(sandbox, asAna);
    expect((await send(other, "code-insights-report", [report])).results).toMatchObject([
      { result: "rejected", status: 401, cure: expect.stringContaining("creator") },
    ]);
  });
});
