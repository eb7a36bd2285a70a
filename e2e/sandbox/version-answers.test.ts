import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxKeys } from "./accounts";
import { ask, bearer } from "./ask";
import { reader } from "./read";
import { type Sandbox, startSandbox } from "./start";

const lake = "api/1.0/projects/DATA/repos/event-lake";
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const read = () => reader(sandbox, bearer(sandboxKeys.janeRead.value));

test.each(["7.21.18", "8.19.14", "9.4.3", "10.2.1"])(
  "a route that %s lacks is a 404 in XML",
  async (version) => {
    sandbox.set("/", { version, withoutRoutes: ["/insights/"] });
    const reply = await read().get(
      `insights/1.0/projects/DATA/repos/event-lake/commits/${"ab".repeat(20)}/reports`,
    );
    expect([reply.status, reply.headers["content-type"]]).toEqual([404, "application/xml"]);
    expect(reply.text).toContain("<status-code>404</status-code>");
  },
);

test("a route that 10.4 lacks is a 404 in JSON without a list of errors; a missing thing has that list", async () => {
  sandbox.set("/", { version: "10.4.2", withoutRoutes: ["/labels"] });
  expect(await read().answer(`${lake}/labels`)).toEqual([
    404,
    { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 },
  ]);
  expect(await read().answer(`${lake}/pull-requests/99`)).toMatchObject([404, { errors: [{}] }]);
});

test("10.4 tells anonymous callers to sign in, unless it is open to the public", async () => {
  sandbox.set("/", { version: "10.4.2" });
  const anonymous = () => ask(`${sandbox.origin}/rest/api/1.0/projects`);
  const reply = await anonymous();
  expect([reply.status, reply.headers["x-ausername"], reply.json]).toMatchObject([
    401,
    undefined,
    { errors: [{ exceptionName: expect.stringMatching(/AuthenticationRequiredException$/) }] },
  ]);
  sandbox.set("/", { publicAccess: true });
  expect((await anonymous()).status).toBe(200);
});

test("drafts are known from 8.18 on, creators and merge queues from 10.4 on", async () => {
  const pull = async (version: string) => {
    sandbox.set("/", { version });
    const [, body] = await read().answer(`${lake}/pull-requests/2`);
    return z.record(z.string(), z.unknown()).parse(body);
  };
  expect(await pull("8.17.0")).not.toHaveProperty("draft");
  expect(await pull("9.4.3")).toHaveProperty("draft");
  expect(await pull("9.4.3")).not.toHaveProperty("creator");
  expect(await pull("10.4.2")).toHaveProperty("creator.name");
  const roles = (await read().values(`${lake}/pull-requests/2/participants`)).map(
    (one) => z.object({ role: z.string() }).parse(one).role,
  );
  expect(roles).toContain("CREATOR");
});
