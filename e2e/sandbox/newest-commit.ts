import { z } from "zod";
import { sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import type { Sandbox } from "./start";
import { writer } from "./writer";

const pageSchema = z.object({ values: z.tuple([z.object({ id: z.string() })]) });

/** For tests: the id of the newest commit on the default branch of a repository, such as DATA/event-lake. */
export async function newestCommit(sandbox: Sandbox, place = "DATA/event-lake"): Promise<string> {
  const [project, slug] = place.split("/");
  const path = `api/1.0/projects/${project}/repos/${slug}/commits?limit=1`;
  const { json } = await writer(sandbox, bearer(sandboxKeys.anaAdmin.value)).get(path);
  return pageSchema.parse(json).values[0].id;
}
