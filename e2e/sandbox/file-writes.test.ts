import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxKeys } from "./accounts";
import { ask, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";
import { writer } from "./writer";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const lake = "api/1.0/projects/DATA/repos/event-lake";
const jane = () => writer(sandbox, bearer(sandboxKeys.janeWrite.value));
const commitSchema = z.looseObject({ id: z.string() });

function put(
  path: string,
  fields: Record<string, string>,
  { key = sandboxKeys.janeWrite.value, token = "no-check", repository = lake } = {},
) {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return ask(`${sandbox.origin}/rest/${repository}/browse/${path}`, {
    method: "PUT",
    authorization: bearer(key),
    body: `${parts.join("")}--edge--\r\n`,
    headers: { "content-type": "multipart/form-data; boundary=edge", "x-atlassian-token": token },
  });
}

test("a file is written to a branch with a commit of its own, and read on that branch only", async () => {
  const made = await put("docs/prices.md", {
    content: "One\nTwo\n",
    branch: "feature/decimal-amounts",
    message: "Prices",
  });
  expect([made.status, made.json]).toMatchObject([200, { message: "Prices" }]);
  const { id } = commitSchema.parse(made.json);
  const at = (ref: string) => jane().get(`${lake}/browse/docs/prices.md?at=${ref}`);
  expect((await at("refs/heads/feature/decimal-amounts")).json).toMatchObject({
    lines: [{ text: "One" }, { text: "Two" }],
  });
  expect((await at(id)).status).toBe(200);
  expect((await at("main")).status).toBe(404);
  expect((await jane().get(`${lake}/commits/${id}/changes`)).json).toMatchObject({
    values: [{ path: { toString: "docs/prices.md" } }],
  });
  // The pull request from that branch follows it.
  expect((await jane().get(`${lake}/pull-requests/4`)).json).toMatchObject({ fromRef: { latestCommit: id } });
});

test("an existing file needs the commit at which it was read; the same content and a newer change are 409", async () => {
  const first = commitSchema.parse((await put("a.txt", { content: "1", branch: "main" })).json).id;
  const refused = async (fields: Record<string, string>) => {
    const reply = await put("a.txt", { branch: "main", ...fields });
    const schema = z.object({ errors: z.tuple([z.looseObject({ exceptionName: z.string() })]) });
    return [reply.status, schema.parse(reply.json).errors[0].exceptionName.split(".").at(-1)];
  };
  expect(await refused({ content: "2" })).toEqual([409, "FileAlreadyExistsException"]);
  expect(await refused({ content: "1" })).toEqual([409, "FileContentUnmodifiedException"]);
  expect(await refused({ content: "1", sourceCommitId: first })).toEqual([
    409,
    "FileContentUnmodifiedException",
  ]);
  expect((await put("a.txt", { content: "2", branch: "main", sourceCommitId: first })).status).toBe(200);
  expect(await refused({ content: "3", sourceCommitId: first })).toEqual([
    409,
    "FileContentOutOfDateException",
  ]);
});

test("a branch can be made on the way, and a merge brings the file to its target", async () => {
  await put("b.txt", { content: "b", branch: "topic", sourceBranch: "main" });
  const repository = { slug: "event-lake", project: { key: "DATA" } };
  const ref = (name: string) => ({ id: `refs/heads/${name}`, repository });
  const pull = await jane().post(`${lake}/pull-requests`, {
    title: "b",
    fromRef: ref("topic"),
    toRef: ref("main"),
  });
  expect(pull.status).toBe(201);
  expect((await jane().post(`${lake}/pull-requests/5/merge`, { version: 0 })).status).toBe(200);
  expect((await jane().get(`${lake}/raw/b.txt`)).text).toBe("b");
  expect((await jane().get(`${lake}/files`)).json).toMatchObject({ values: ["README.md", "b.txt"] });
  expect((await put("c.txt", { content: "c", branch: "nowhere" })).status).toBe(404);
});

test("the first file of an empty repository makes its default branch", async () => {
  const scratch = "api/1.0/projects/DATA/repos/scratch";
  const made = await put("README.md", { content: "Hello", branch: "trunk" }, { repository: scratch });
  expect(made.status).toBe(200);
  expect((await jane().get(`${scratch}/branches/default`)).json).toMatchObject({ displayId: "trunk" });
  expect((await jane().get(`${scratch}/raw/README.md`)).text).toBe("Hello");
});

test("only a user with the right to write writes files, in a form with the token", async () => {
  const fields = { content: "x", branch: "main" };
  expect((await put("x.txt", fields, { key: sandboxKeys.projectData.value })).status).toBe(403);
  expect((await put("x.txt", fields, { key: sandboxKeys.janeRead.value })).status).toBe(401);
  const forged = await put("x.txt", fields, { token: "" });
  expect([forged.status, forged.text]).toMatchObject([403, expect.stringContaining("XSRF check failed")]);
  expect((await jane().put(`${lake}/browse/x.txt`, fields)).status).toBe(415);
  expect((await put("x.txt", { branch: "main" })).json).toMatchObject({ errors: [{ context: "content" }] });
});
