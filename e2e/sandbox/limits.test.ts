import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import { reader } from "./read";
import { type Sandbox, startSandbox } from "./start";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const server = () => sandbox.instance("/");
const read = () => reader(sandbox, bearer(sandboxKeys.janeRead.value));

const lake = "api/1.0/projects/DATA/repos/event-lake";
const page = z.looseObject({
  size: z.number(),
  limit: z.number(),
  start: z.number(),
  nextPageStart: z.number().optional(),
});

test("the page limit is lowered silently, and the answer says so", async () => {
  sandbox.set("/", { pageLimit: 10 });
  expect(await read().answer(`${lake}/commits?limit=1000`)).toMatchObject([
    200,
    { size: 10, limit: 10, isLastPage: false, nextPageStart: 10 },
  ]);
  expect(await read().all(`${lake}/commits?limit=1000`)).toHaveLength(32);
});

test("with gaps nextPageStart is not start + size, and following it still reads each row once", async () => {
  const plain = await read().all(`${lake}/commits?limit=1000`);
  sandbox.set("/", { pageGaps: true });
  const { size, nextPageStart } = page.parse((await read().answer(`${lake}/commits?limit=5`))[1]);
  expect(nextPageStart).not.toBe(size);
  expect(await read().all(`${lake}/commits?limit=5`)).toEqual(plain);
});

function enforce(settings: { bucketCapacity: number; bucketFillRate: number }): {
  wait: (ms: number) => void;
} {
  sandbox.set("/", { rateLimit: "enforced", ...settings });
  let now = 1_000_000;
  server().now = () => now;
  return {
    wait: (ms) => {
      now += ms;
    },
  };
}

test("an account that used up its bucket gets 429 with a page and Retry-After, until the bucket fills", async () => {
  const clock = enforce({ bucketCapacity: 3, bucketFillRate: 0.5 });
  const statuses = async (count: number) => {
    const found: number[] = [];
    for (let at = 0; at < count; at += 1) found.push((await read().get("api/1.0/users?limit=1")).status);
    return found;
  };
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  const reply = await read().get("api/1.0/users?limit=1");
  expect([reply.headers["retry-after"], reply.headers["content-type"]]).toEqual([
    "2",
    "text/html;charset=UTF-8",
  ]);
  expect(reply.headers["x-ausername"]).toBe("jcitizen");
  clock.wait(2_000);
  expect(await statuses(2)).toEqual([200, 429]);
  clock.wait(3_600_000);
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  expect(server().counters.report().accounts).toMatchObject({ jcitizen: { calls: 11, overAllowance: 4 } });
});

test("each account has a bucket of its own, and some have another or none", async () => {
  enforce({ bucketCapacity: 1, bucketFillRate: 1 });
  await read().get("api/1.0/users?limit=1");
  expect((await read().get("api/1.0/users?limit=1")).status).toBe(429);
  const omar = reader(sandbox, bearer(sandboxKeys.omarWrite.value));
  for (let at = 0; at < 5; at += 1) expect((await omar.get("api/1.0/users?limit=1")).status).toBe(200);
});

test("the status page costs nothing, and the settings tell the bucket", async () => {
  sandbox.set("/", { rateLimit: "enforced", bucketCapacity: 7, bucketFillRate: 2 });
  expect(await read().answer("api/1.0/admin/rate-limit/settings")).toEqual([
    200,
    { enabled: true, defaultSettings: { capacity: 7, fillRate: 2 } },
  ]);
  sandbox.set("/", { rateLimit: "off" });
  expect(await read().answer("api/1.0/admin/rate-limit/settings")).toMatchObject([200, { enabled: false }]);
});

test("a last page may say null, and stuck pages never end", async () => {
  sandbox.set("/", { lastPage: "null" });
  expect(await read().answer(`${lake}/tags`)).toMatchObject([200, { isLastPage: true, nextPageStart: null }]);
  sandbox.set("/", { lastPage: "stuck" });
  expect(await read().answer(`${lake}/tags?start=1`)).toMatchObject([
    200,
    { isLastPage: false, start: 1, nextPageStart: 1 },
  ]);
});

test("descriptions can make a page heavy", async () => {
  sandbox.set("/", { descriptionLength: 40_000 });
  expect((await read().get(`${lake}/pull-requests?state=ALL`)).text.length).toBeGreaterThan(160_000);
});
