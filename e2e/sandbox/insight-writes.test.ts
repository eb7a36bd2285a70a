import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";
import { writer } from "./writer";

let sandbox: Sandbox;
let commit: string;
beforeAll(async () => {
  sandbox = await startSandbox();
  const commits = await jane().get("api/1.0/projects/DATA/repos/event-lake/commits?limit=1");
  commit = z.object({ values: z.tuple([z.object({ id: z.string() })]) }).parse(commits.json).values[0].id;
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const jane = () => writer(sandbox, bearer(sandboxKeys.janeRead.value));
const zoe = () => writer(sandbox, bearer(sandboxKeys.zoeAdmin.value));
const report = (key = "scan") =>
  `insights/1.0/projects/DATA/repos/event-lake/commits/${commit}/reports/${key}`;
const body = {
  title: "Scan",
  data: [{ title: "Lines", type: "NUMBER", value: 12 }],
  result: "PASS",
  logoUrl: "https://ci.fernwood.example/logo.svg",
};
const annotation = (number: number) => ({
  externalId: `a-${number}`,
  message: `Line ${number}`,
  severity: "LOW",
});

test("a report is created and replaced by its creator, and by nobody else", async () => {
  const made = await jane().put(report(), body);
  expect([made.status, made.json]).toMatchObject([200, { key: "scan", ...body }]);
  expect((await jane().put(report(), { ...body, title: "Again" })).status).toBe(200);
  expect((await jane().get(report())).json).toMatchObject({ title: "Again" });
  expect((await zoe().put(report(), body)).status).toBe(401);
  expect((await jane().remove(report())).status).toBe(204);
  expect((await jane().get(report())).status).toBe(404);
});

test("a key has 50 characters at most, in the server's words", async () => {
  expect((await jane().put(report("k".repeat(50)), body)).status).toBe(200);
  const refused = await jane().put(report("k".repeat(51)), body);
  expect([refused.status, refused.json]).toMatchObject([
    400,
    { errors: [{ context: "key", message: "key cannot be more than 50 characters long" }] },
  ]);
});

test("each field of a report has its limit", async () => {
  const refused = await jane().put(report(), {
    title: "t".repeat(451),
    data: Array.from({ length: 7 }, () => ({ title: "x", value: 1 })),
    details: "d".repeat(2_001),
    result: "MAYBE",
    reporter: "r".repeat(451),
    logoUrl: "ftp://logo",
  });
  expect(refused.status).toBe(400);
  const { errors } = z.object({ errors: z.array(z.object({ context: z.string() })) }).parse(refused.json);
  expect(errors.map((one) => one.context)).toEqual([
    "title",
    "data",
    "details",
    "result",
    "reporter",
    "logoUrl",
  ]);
});

test("annotations are not compared with those that are there, and PUT replaces one", async () => {
  await jane().put(report(), body);
  for (let turn = 0; turn < 2; turn += 1) {
    const sent = await jane().post(`${report()}/annotations`, { annotations: [annotation(1)] });
    expect(sent.status).toBe(204);
  }
  expect((await jane().get(`${report()}/annotations`)).json).toMatchObject({ totalCount: 2 });
  await jane().put(`${report()}/annotations/a-1`, { ...annotation(1), message: "Other" });
  await jane().put(`${report()}/annotations/a-2`, annotation(2));
  expect((await jane().get(`${report()}/annotations`)).json).toMatchObject({
    annotations: [{ message: "Other" }, { message: "Line 1" }, { externalId: "a-2" }],
  });
  expect((await jane().remove(`${report()}/annotations?externalId=a-1`)).status).toBe(204);
  expect((await jane().get(`${report()}/annotations`)).json).toMatchObject({ totalCount: 1 });
  expect((await jane().remove(`${report()}/annotations`)).status).toBe(204);
  expect((await jane().get(`${report()}/annotations`)).json).toMatchObject({ totalCount: 0 });
});

test("a thousand annotations fit a report, and a call that goes beyond adds none", async () => {
  await jane().put(report(), body);
  const many = (count: number) => ({ annotations: Array.from({ length: count }, (_, at) => annotation(at)) });
  expect((await jane().post(`${report()}/annotations`, many(1_001))).status).toBe(400);
  expect((await jane().post(`${report()}/annotations`, many(999))).status).toBe(204);
  expect((await jane().post(`${report()}/annotations`, many(2))).status).toBe(400);
  expect((await jane().get(`${report()}/annotations`)).json).toMatchObject({ totalCount: 999 });
});

test("only the report's creator annotates it, and each annotation has its limits", async () => {
  await jane().put(report(), body);
  expect((await zoe().post(`${report()}/annotations`, { annotations: [annotation(1)] })).status).toBe(401);
  const refused = await jane().post(`${report()}/annotations`, {
    annotations: [annotation(1), { message: "m".repeat(2_001), severity: "SEVERE", line: -1 }],
  });
  expect([refused.status, refused.json]).toMatchObject([
    400,
    {
      errors: [
        { context: "annotations[1].message" },
        { context: "annotations[1].severity" },
        { context: "annotations[1].line" },
      ],
    },
  ]);
  expect((await jane().post(`${report("other")}/annotations`, { annotations: [] })).status).toBe(404);
});
