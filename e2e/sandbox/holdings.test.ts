import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import { heldBy } from "./holdings";
import { reader } from "./read";
import { type Sandbox, startSandbox } from "./start";

const jane = sandboxAccounts.jane.name;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const read = () => reader(sandbox, bearer(sandboxKeys.janeRead.value));
const held = (stream: Parameters<typeof heldBy>[1]) => heldBy(sandbox.instance("/"), stream, jane).toSorted();
const withId = z.looseObject({ id: z.union([z.number(), z.string()]) });
const ids = async (path: string) => (await read().all(path)).map((one) => String(withId.parse(one).id));
const addressed = z.looseObject({ id: z.number(), slug: z.string(), project: z.object({ key: z.string() }) });

async function inRepositories(list: string): Promise<string[]> {
  const found: string[] = [];
  for (const one of await read().all("api/1.0/repos?archived=ALL")) {
    const { id, slug, project } = addressed.parse(one);
    const path = `api/1.0/projects/${project.key}/repos/${slug}/${list}`;
    if (list.startsWith("commits") && (await read().get(path)).status === 404) continue;
    found.push(...(await ids(path)).map((each) => `${id}/${each}`));
  }
  return found.toSorted();
}

test("what an account holds is what its lists give, page by page", async () => {
  expect((await ids("api/1.0/projects")).toSorted()).toEqual(held("projects"));
  expect((await ids("api/1.0/repos?archived=ALL&limit=3")).toSorted()).toEqual(held("repositories"));
  expect((await ids("api/1.0/users")).toSorted()).toEqual(held("users"));
  expect(await inRepositories("branches?limit=2")).toEqual(held("branches"));
  expect(await inRepositories("tags")).toEqual(held("tags"));
  expect(await inRepositories("commits?limit=10")).toEqual(held("commits"));
  expect(await inRepositories("pull-requests?state=ALL")).toEqual(held("pull-requests"));
});

test("what hangs on pull requests is what their lists give", async () => {
  const activities: string[] = [];
  const commits: string[] = [];
  const comments: string[] = [];
  for (const pull of held("pull-requests")) {
    const [repository, id] = pull.split("/");
    const one = addressed.parse(
      (await read().all("api/1.0/repos?archived=ALL")).find(
        (each) => String(addressed.parse(each).id) === repository,
      ),
    );
    const path = `api/1.0/projects/${one.project.key}/repos/${one.slug}/pull-requests/${id}`;
    for (const activity of await read().all(`${path}/activities`)) {
      activities.push(String(withId.parse(activity).id));
      comments.push(...commentIds(activity));
    }
    commits.push(...(await ids(`${path}/commits`)).map((each) => `${pull}/${each}`));
  }
  expect(activities.toSorted()).toEqual(held("pull-request-activities"));
  expect(comments.toSorted()).toEqual(held("pull-request-comments"));
  expect(commits.toSorted()).toEqual(held("pull-request-commits"));
});

const threadSchema = z.looseObject({ id: z.number(), comments: z.array(z.unknown()) });
function commentIds(activity: unknown): string[] {
  const { comment } = z.looseObject({ comment: z.unknown().optional() }).parse(activity);
  if (comment === undefined) return [];
  const idsOf = (one: unknown): string[] => {
    const { id, comments } = threadSchema.parse(one);
    return [String(id), ...comments.flatMap(idsOf)];
  };
  return idsOf(comment);
}
