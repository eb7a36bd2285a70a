import { z } from "zod";
import type { Level } from "./accounts";
import { type Answer, json } from "./answer";
import { type Call, viewerOf } from "./call";
import { badField, conflict, notPermitted } from "./errors";
import { canOnRepository } from "./permissions";
import { forPullRequest } from "./pull-request-endpoints";
import { forOwnPull, outOfDate, type PullWritePlace, versionField, wrongState } from "./pull-request-place";
import { pullAnswer } from "./pull-request-write-endpoints";
import { parseBody } from "./validation";
import type { MergeChecks, PullRequest } from "./world/model";
import { declinePull, mergePull, reopenPull } from "./world/pull-request-updates";
import { optionalText } from "./write-fields";
import { forPerson } from "./write-place";

const bodySchema = z.object({
  version: versionField.optional(),
  message: optionalText("message"),
  strategyId: optionalText("merge strategy"),
});

/** GET …/pull-requests/{id}/merge: whether it could be merged. */
export function testMerge(call: Call): Answer {
  return forPullRequest(call, (_repository, pull) => {
    const { conflicted, vetoes } = checksOf(pull);
    const canMerge = !conflicted && vetoes.length === 0 && pull.state === "OPEN";
    return json(200, { canMerge, conflicted, outcome: conflicted ? "CONFLICTED" : "CLEAN", vetoes });
  });
}

/** POST …/merge {version}: with a merge commit by the caller, who has to be a user. */
export function mergePullRequest(call: Call): Answer {
  return forState(call, "WRITE", (place, given) =>
    forPerson(place.caller, () => {
      const refusal = wrongState(place, "OPEN", "merged") ?? outOfDate(call, place, given.version);
      if (refusal) return refusal;
      if (given.strategyId !== undefined && given.strategyId !== "no-ff") {
        return badField("strategyId", `There is no merge strategy ${given.strategyId}.`);
      }
      const { conflicted, vetoes } = checksOf(place.pull);
      if (conflicted || vetoes.length > 0) {
        const message = "This pull request has merge vetoes or conflicts and cannot be merged.";
        return conflict(message, "pull.PullRequestMergeVetoedException", { conflicted, vetoes });
      }
      mergePull(call.instance.world, place, place.caller.account, given.message);
      return pullAnswer(call, 200, place.repository, place.pull);
    }),
  );
}

/** POST …/decline {version}. */
export function declinePullRequest(call: Call): Answer {
  return forState(call, "READ", (place, { version }) => {
    const refusal = wrongState(place, "OPEN", "declined") ?? outOfDate(call, place, version);
    if (refusal) return refusal;
    declinePull(call.instance.world, place, place.caller.account);
    return pullAnswer(call, 200, place.repository, place.pull);
  });
}

/** POST …/reopen {version}: of a declined one whose branches are there; readers may, says Atlassian's API description. */
export function reopenPullRequest(call: Call): Answer {
  return forState(call, "READ", (place, { version }) => {
    const { pull, content } = place;
    const refusal = wrongState(place, "DECLINED", "reopened") ?? outOfDate(call, place, version);
    if (refusal) return refusal;
    if (!content.branch(pull.from.name) || !content.branch(pull.to.name)) {
      return conflict(
        "A branch of this pull request no longer exists.",
        "pull.IllegalPullRequestStateException",
      );
    }
    reopenPull(call.instance.world, place, place.caller.account);
    return pullAnswer(call, 200, place.repository, pull);
  });
}

function checksOf({ checks, draft }: PullRequest): MergeChecks {
  const { conflicted = false, vetoes = [] } = checks ?? {};
  const words = "This pull request is a draft.";
  return {
    conflicted,
    vetoes: draft ? [...vetoes, { summaryMessage: words, detailedMessage: words }] : vetoes,
  };
}

type Given = Omit<z.output<typeof bodySchema>, "version"> & { version: number };

/** The version is in the body; older clients send it in the query, and without one it is out of date. */
function forState(call: Call, level: Level, answer: (place: PullWritePlace, given: Given) => Answer): Answer {
  return forOwnPull(call, (place) => {
    if (!canOnRepository(viewerOf(call), place.repository, level)) return notPermitted();
    const parsed = parseBody(bodySchema, call.body.trim() === "" ? "{}" : call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const version = parsed.body.version ?? Number(call.query.get("version") ?? "-1");
    return answer(place, { ...parsed.body, version });
  });
}
