import { z } from "zod";
import { type Answer, json, noContent } from "./answer";
import { type Call, forRepository, forSignedIn, param } from "./call";
import { findCommit } from "./commit-endpoints";
import { badField, noSuchBuildStatus, noSuchCommit, repositoryArchived } from "./errors";
import type { BuildStatus, Instance } from "./instance";
import { pageOf } from "./paging";
import { parseBody } from "./validation";

const text = (message: string) => z.string({ error: message });

const key = text("Please enter the key of the build.").min(1, "Please enter the key of the build.").max(255);
const url = text("Please enter the address of the build.")
  .max(450, "The address is limited to 450 characters.")
  .refine((given) => URL.canParse(given), "The address has to be a complete URL.");

/** The old endpoint has three states, the one per repository (7.14 and later) five. */
const oldStates = ["SUCCESSFUL", "FAILED", "INPROGRESS"] as const;
const states = [...oldStates, "CANCELLED", "UNKNOWN"] as const;

function bodySchema(known: readonly [string, ...string[]]) {
  return z.object({
    key,
    url,
    state: z.enum(known, { error: `The state has to be one of ${known.join(", ")}.` }),
    name: text("The name has to be text.").max(255).optional(),
    description: text("The description has to be text.").max(255).optional(),
  });
}

const oldBody = bodySchema(oldStates);
const newBody = bodySchema(states);

/** POST …/commits/{sha}/builds: requires the right to read the repository; 204. */
export function addBuildStatus(call: Call): Answer {
  return forRepository(call, "READ", (repository) =>
    forSignedIn(call, () => {
      const sha = param(call, "commit");
      if (!findCommit(repository, sha)) return noSuchCommit(sha, repository.slug);
      if (repository.archived) return repositoryArchived(repository.project.key, repository.slug);
      const parsed = parseBody(newBody, call.body);
      if ("refusal" in parsed) return parsed.refusal;
      store(call.instance, sha, parsed.body);
      return noContent;
    }),
  );
}

/** GET …/commits/{sha}/builds?key=: one status. */
export function getBuildStatus(call: Call): Answer {
  return forRepository(call, "READ", () => {
    const wanted = call.query.get("key");
    if (!wanted) return badField("key", "Please name the key of the build.");
    const found = statusesOf(call.instance, param(call, "commit")).find((status) => status.key === wanted);
    return found ? json(200, found) : noSuchBuildStatus(wanted);
  });
}

/** POST /rest/build-status/1.0/commits/{sha}: any signed-in user, any commit of 40 hex digits; 204. */
export function addOldBuildStatus(call: Call): Answer {
  return forSignedIn(call, () => {
    const sha = param(call, "commit");
    if (!/^[0-9a-f]{40}$/i.test(sha)) return badField("commitId", "A commit id has 40 hexadecimal digits.");
    const parsed = parseBody(oldBody, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    store(call.instance, sha, parsed.body);
    return noContent;
  });
}

/** GET /rest/build-status/1.0/commits/{sha}: newest first. */
export function listOldBuildStatuses(call: Call): Answer {
  return forSignedIn(call, () => {
    const rows = statusesOf(call.instance, param(call, "commit"));
    return pageOf(call.query, { rows, view: (status) => status });
  });
}

function statusesOf(instance: Instance, sha: string): BuildStatus[] {
  return instance.builds.get(sha.toLowerCase()) ?? [];
}

/** A status with an existing key replaces the older one. */
function store(instance: Instance, sha: string, body: Omit<BuildStatus, "dateAdded">): void {
  const others = statusesOf(instance, sha).filter((status) => status.key !== body.key);
  instance.builds.set(sha.toLowerCase(), [{ ...body, dateAdded: Date.now() }, ...others]);
}
