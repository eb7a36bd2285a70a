import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer, type Reply } from "./ask";
import { type Sandbox, startSandbox } from "./start";

const { jane } = sandboxAccounts;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const repository = "/scm/data/dbt-models.git";
const infoRefs = `${repository}/info/refs?service=git-upload-pack`;
const asJane = basic(jane.name, jane.password);

const asking = (path: string, authorization?: string, instance = "/bitbucket") =>
  ask(`${sandbox.url(instance)}${path}`, { authorization });

const valuesSchema = z.object({
  values: z.array(z.object({ id: z.string(), latestCommit: z.string().optional() })),
});
const valuesOf = (reply: Reply) => valuesSchema.parse(reply.json).values;

// With `info` Node.js returns this type; its declarations only cover the plain call.
type Inflated = { buffer: Buffer; engine: { bytesWritten: number } };

test.each([
  infoRefs,
  "/scm/data/no-such-repository.git/info/refs?service=git-upload-pack",
  `${repository}/info/refs?service=git-receive-pack`,
])("an anonymous request for %s gets a Basic challenge with the realm", async (path) => {
  const reply = await asking(path);
  expect(reply.status).toBe(401);
  expect(reply.headers["www-authenticate"]).toBe('Basic realm="Atlassian Bitbucket"');
  expect(reply.headers.location).toBeUndefined();
});

test("a valid sign-in gets the branches, in Basic and as Bearer, by user and by project key", async () => {
  const { janeRead, projectData } = sandboxKeys;
  for (const authorization of [
    asJane,
    basic(jane.name, janeRead.value),
    bearer(janeRead.value),
    bearer(projectData.value),
  ]) {
    const reply = await asking(infoRefs, authorization);
    expect(reply.status).toBe(200);
    expect(reply.headers["content-type"]).toBe("application/x-git-upload-pack-advertisement");
    expect(reply.text).toMatch(/^001e# service=git-upload-pack\n0000.*refs\/heads\/main\n.*0000$/s);
    expect(reply.headers["x-ausername"]).toBeDefined();
  }
});

test("a wrong password, and a project's key in Basic, are refused and counted; a missing repository is a 404", async () => {
  const wrong = await asking(infoRefs, basic(jane.name, "wrong"));
  expect(wrong.status).toBe(401);
  expect(wrong.headers["www-authenticate"]).toBe('Basic realm="Atlassian Bitbucket"');
  expect((await asking(infoRefs, basic(jane.name, sandboxKeys.projectData.value))).status).toBe(401);
  const missing = await asking("/scm/data/nothing.git/info/refs?service=git-upload-pack", asJane);
  expect([missing.status, missing.text]).toEqual([404, expect.stringMatching(/^Repository not found\n/)]);
  expect((await asking(`${repository}/HEAD`, asJane)).status).toBe(404);
});

test("a caller with only the right to read may not push", async () => {
  const push = `${repository}/info/refs?service=git-receive-pack`;
  expect((await asking(push, bearer(sandboxKeys.janeRead.value))).status).toBe(403);
  expect((await asking(push, bearer(sandboxKeys.janeWrite.value))).status).toBe(200);
});

test("with Basic switched off git is refused like the REST API, but a Bearer key is not", async () => {
  sandbox.set("/bitbucket", { basicAuth: false });
  expect((await asking(infoRefs, asJane)).status).toBe(403);
  expect((await asking(infoRefs, bearer(sandboxKeys.janeRead.value))).status).toBe(200);
});

/** The objects of a pack by id, the hash of their content; throws for a pack that git would refuse. */
function readPack(pack: Buffer): Map<string, { type: string; text: string }> {
  const trailer = createHash("sha1").update(pack.subarray(0, -20)).digest();
  if (pack.toString("latin1", 0, 4) !== "PACK" || !trailer.equals(pack.subarray(-20)))
    throw new Error("no pack");
  const objects = new Map<string, { type: string; text: string }>();
  let at = 12;
  for (let left = pack.readUInt32BE(8); left > 0; left -= 1) {
    const type = { 1: "commit", 2: "tree", 3: "blob" }[((pack[at] ?? 0) >> 4) & 7] ?? "other";
    while ((pack[at] ?? 0) & 128) at += 1;
    const { buffer, engine } = inflateSync(pack.subarray(at + 1), { info: true }) as unknown as Inflated;
    at += 1 + engine.bytesWritten;
    const id = createHash("sha1").update(`${type} ${buffer.length}\0`).update(buffer).digest("hex");
    objects.set(id, { type, text: buffer.toString("utf8") });
  }
  return objects;
}

test("a clone contains the commits that the REST API lists, down to the oldest", async () => {
  const api = "/rest/api/1.0/projects/DATA/repos/dbt-models";
  const branches = valuesOf(await asking(`${api}/branches`, asJane));
  const refs = (await asking(infoRefs, asJane)).text;
  for (const { id, latestCommit } of branches) expect(refs).toContain(`${latestCommit} ${id}`);

  const answer = await fetch(`${sandbox.url("/bitbucket")}${repository}/git-upload-pack`, {
    method: "POST",
    headers: { authorization: asJane, "content-type": "application/x-git-upload-pack-request" },
    body: `0032want ${branches[0]?.latestCommit}\n00000009done\n`,
  });
  const body = Buffer.from(await answer.arrayBuffer());
  expect(body.toString("latin1", 0, 8)).toBe("0008NAK\n");
  const objects = readPack(body.subarray(8));
  const walked: string[] = [];
  for (let id = branches[0]?.latestCommit; id !== undefined; ) {
    walked.push(id);
    id = /^parent ([0-9a-f]{40})$/m.exec(objects.get(id)?.text ?? "")?.[1];
  }
  expect(walked).toEqual(valuesOf(await asking(`${api}/commits?limit=100`, asJane)).map(({ id }) => id));
  const tree = /^tree ([0-9a-f]{40})$/m.exec(objects.get(walked[0] ?? "")?.text ?? "")?.[1] ?? "";
  expect(objects.get(tree)?.type).toBe("tree");
  expect([...objects.values()].find(({ type }) => type === "blob")?.text).toMatch(/^# dbt-models\n/);
});
