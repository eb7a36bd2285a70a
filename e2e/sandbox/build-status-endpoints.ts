import { z } from "zod";
import { type Answer, json, noContent } from "./answer";
import { type Call, forRepository, forSignedIn, param } from "./call";
import { badField, noSuchBuildStatus, noSuchCommit, repositoryArchived } from "./errors";
import { pageFor } from "./paging";
import { parseBody } from "./validation";
import type { BuildStatus } from "./world/builds";
import { fullUrl, optionalText, requiredText, wholeNumber } from "./write-fields";

/** The old endpoint tells the newest hundred only. */
const OLD_STATUSES_SHOWN = 100;

const key = requiredText("the key of the build", 255);
const url = fullUrl("the address of the build", 450);

/** The old endpoint has three states, the one per repository (7.14 and later) five. */
const oldStates = ["SUCCESSFUL", "FAILED", "INPROGRESS"] as const;
const states = [...oldStates, "CANCELLED", "UNKNOWN"] as const;
const stateOf = (known: readonly [string, ...string[]]) =>
  z.enum(known, { error: `The state has to be one of ${known.join(", ")}.` });

const oldBody = z.object({
  key,
  url,
  state: stateOf(oldStates),
  name: optionalText("name", 255),
  description: optionalText("description", 255),
});
const count = wholeNumber("number of tests").default(0);
const newBody = z.object({
  key,
  url,
  state: stateOf(states),
  name: optionalText("name", 255),
  description: optionalText("description"),
  ref: optionalText("ref", 1024).refine((ref) => ref === undefined || ref.startsWith("refs/"), {
    error: "The ref has to begin with refs/.",
  }),
  parent: optionalText("parent", 1024),
  buildNumber: optionalText("build number", 255),
  duration: wholeNumber("duration").optional(),
  lastUpdated: wholeNumber("time of the last update").optional(),
  testResults: z.object({ failed: count, skipped: count, successful: count }).optional(),
});

/** POST …/commits/{sha}/builds: requires the right to read the repository; 204. */
export function addBuildStatus(call: Call): Answer {
  return forRepository(call, "READ", (repository) =>
    forSignedIn(call, () => {
      const sha = param(call, "commit");
      const { world } = call.instance;
      const commit = world.contentOf(repository).find(sha);
      if (!commit) return noSuchCommit(sha, repository.slug);
      if (repository.archived) return repositoryArchived(repository.project.key, repository.slug);
      const parsed = parseBody(newBody, call.body);
      if ("refusal" in parsed) return parsed.refusal;
      const { lastUpdated, ref, parent, buildNumber, duration, testResults, ...plain } = parsed.body;
      const at = world.nextMoment();
      const details = { ref, parent, buildNumber, duration, testResults };
      world.builds.put(commit.id, { ...plain, dateAdded: lastUpdated ?? at, details }, at);
      return noContent;
    }),
  );
}

/** GET …/commits/{sha}/builds?key=: one status. */
export function getBuildStatus(call: Call): Answer {
  return forRepository(call, "READ", () => {
    const wanted = call.query.get("key");
    if (!wanted) return badField("key", "Please name the key of the build.");
    const found = call.instance.world.builds.find(param(call, "commit"), wanted);
    return found ? json(200, { ...oldView(found), ...found.details }) : noSuchBuildStatus(wanted);
  });
}

function oldView({ details: _, ...status }: BuildStatus) {
  return status;
}

/** POST /rest/build-status/1.0/commits/{sha}: any signed-in user, any commit of 40 hex digits; 204. */
export function addOldBuildStatus(call: Call): Answer {
  return forSignedIn(call, () => {
    const sha = param(call, "commit");
    if (!/^[0-9a-f]{40}$/i.test(sha)) return badField("commitId", "A commit id has 40 hexadecimal digits.");
    const parsed = parseBody(oldBody, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { world } = call.instance;
    const at = world.nextMoment();
    world.builds.put(sha, { ...parsed.body, dateAdded: at }, at);
    return noContent;
  });
}

/** GET /rest/build-status/1.0/commits/{sha}: newest first. */
export function listOldBuildStatuses(call: Call): Answer {
  return forSignedIn(call, () => {
    const rows = call.instance.world.builds.of(param(call, "commit"));
    const order = call.query.get("orderBy");
    return pageFor(call, {
      rows:
        order === "OLDEST"
          ? rows.toReversed()
          : order === "STATUS"
            ? rows.toSorted((one, other) => (one.state < other.state ? -1 : 1))
            : rows,
      view: oldView,
      most: OLD_STATUSES_SHOWN,
    });
  });
}

/** GET …/commits/{sha}/builds/… of the statistics: how many statuses there are in each state. */
export function getBuildStats(call: Call): Answer {
  return forSignedIn(call, () => {
    const rows = call.instance.world.builds.of(param(call, "commit"));
    const countOf = (state: string) => rows.filter((one) => one.state === state).length;
    return json(200, {
      failed: countOf("FAILED"),
      inProgress: countOf("INPROGRESS"),
      successful: countOf("SUCCESSFUL"),
    });
  });
}
