import { z } from "zod";
import { ask } from "./ask";
import type { Sandbox } from "./start";

const pageSchema = z.looseObject({
  values: z.array(z.unknown()),
  isLastPage: z.boolean(),
  nextPageStart: z.number().nullish(),
});

/** For tests: reads the REST API of one of the sandbox's servers as one caller. */
export function reader(sandbox: Sandbox, authorization: string, instanceName = "/") {
  const get = (path: string) => ask(`${sandbox.url(instanceName)}/rest/${path}`, { authorization });

  /** Status and body, to compare both at once. */
  async function answer(path: string): Promise<[number, unknown]> {
    const reply = await get(path);
    return [reply.status, reply.json];
  }

  /** The values of the first page. */
  async function values(path: string): Promise<unknown[]> {
    return pageSchema.parse((await get(path)).json).values;
  }

  /** The values of all pages, following nextPageStart; throws unless each is a page. */
  async function all(path: string): Promise<unknown[]> {
    const found: unknown[] = [];
    let start: number | undefined = 0;
    while (start !== undefined) {
      const mark = path.includes("?") ? "&" : "?";
      const reply = await get(`${path}${mark}start=${start}`);
      const page: z.infer<typeof pageSchema> = pageSchema.parse(reply.json);
      found.push(...page.values);
      start = page.isLastPage ? undefined : (page.nextPageStart ?? undefined);
    }
    return found;
  }

  return { get, answer, values, all };
}
