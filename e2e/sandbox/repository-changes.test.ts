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

const slugs = async (path = "api/1.0/repos?limit=1000") =>
  (await read().all(path)).map((one) => z.looseObject({ slug: z.string() }).parse(one).slug);
const exceptionOf = async (path: string) => {
  const [status, body] = await read().answer(path);
  const { errors } = z.object({ errors: z.array(z.object({ exceptionName: z.string() })) }).parse(body);
  return [status, errors[0]?.exceptionName.split(".").at(-1)];
};

test("a deleted repository is a 404 and in no list", async () => {
  server().change("deleteRepository", { repository: "DATA/dbt-models" });
  expect(await slugs()).not.toContain("dbt-models");
  expect(await exceptionOf("api/1.0/projects/DATA/repos/dbt-models/commits")).toEqual([
    404,
    "NoSuchRepositoryException",
  ]);
  sandbox.reset();
  expect(await slugs()).toContain("dbt-models");
});

test("a renamed repository keeps its id, and its old address is a 404", async () => {
  server().change("renameRepository", { repository: "DATA/dbt-models", slug: "models" });
  expect(await read().answer("api/1.0/projects/DATA/repos/models")).toMatchObject([
    200,
    { id: 12, slug: "models" },
  ]);
  expect(await exceptionOf("api/1.0/projects/DATA/repos/dbt-models")).toEqual([
    404,
    "NoSuchRepositoryException",
  ]);
});

test("a moved repository keeps its id under another project, with that project's rights", async () => {
  server().change("moveRepository", { repository: "DATA/dbt-models", project: "SHOP" });
  expect(await read().answer("api/1.0/projects/SHOP/repos/dbt-models")).toMatchObject([
    200,
    { id: 12, project: { key: "SHOP" } },
  ]);
  expect(await exceptionOf("api/1.0/projects/DATA/repos/dbt-models")).toEqual([
    404,
    "NoSuchRepositoryException",
  ]);
});

test("a project's old key is a 404 that names the project", async () => {
  server().change("renameProject", { project: "DATA", key: "PLATFORM" });
  expect(await exceptionOf("api/1.0/projects/DATA/repos/dbt-models/branches")).toEqual([
    404,
    "NoSuchProjectException",
  ]);
  expect(await read().answer("api/1.0/projects/PLATFORM/repos/dbt-models")).toMatchObject([
    200,
    { id: 12, project: { id: 1 } },
  ]);
});

test("a hidden repository is a 401 in its place and in no list, until it is shown again", async () => {
  const repository = "DATA/dbt-models";
  server().change("hideRepository", { repository, account: "jcitizen" });
  expect(await exceptionOf("api/1.0/projects/DATA/repos/dbt-models/branches")).toEqual([
    401,
    "AuthorisationException",
  ]);
  expect(await slugs()).not.toContain("dbt-models");
  expect(await slugs("api/1.0/projects/DATA/repos")).not.toContain("dbt-models");
  server().change("showRepository", { repository, account: "jcitizen" });
  expect(await slugs()).toContain("dbt-models");
});

test("a list may still show a repository that is hidden already", async () => {
  server().change("hideRepository", {
    repository: "DATA/dbt-models",
    account: "jcitizen",
    stillListed: true,
  });
  expect(await slugs()).toContain("dbt-models");
  expect((await read().get("api/1.0/projects/DATA/repos/dbt-models/branches")).status).toBe(401);
});

test("repositories and projects come, are archived and go", async () => {
  const { id } = server().change("addRepository", { project: "DATA", slug: "fresh", isEmpty: true });
  expect(await read().answer("api/1.0/projects/DATA/repos/fresh")).toMatchObject([200, { id }]);
  server().change("archiveRepository", { repository: "DATA/fresh" });
  expect(await slugs()).not.toContain("fresh");
  expect(await slugs("api/1.0/repos?archived=ARCHIVED")).toContain("fresh");
  server().change("deleteProject", { project: "DATA" });
  expect(await exceptionOf("api/1.0/projects/DATA")).toEqual([404, "NoSuchProjectException"]);
});

test("a change on one server is unknown to another", async () => {
  server().change("deleteRepository", { repository: "DATA/dbt-models" });
  const other = reader(sandbox, bearer(sandboxKeys.janeRead.value), "/bitbucket");
  expect((await other.get("api/1.0/projects/DATA/repos/dbt-models")).status).toBe(200);
});

test("a project's own key follows the project to its new key", async () => {
  server().change("renameProject", { project: "DATA", key: "PLATFORM" });
  const own = reader(sandbox, bearer(sandboxKeys.projectData.value));
  expect((await own.get("api/1.0/projects/PLATFORM/repos/dbt-models")).status).toBe(200);
});
