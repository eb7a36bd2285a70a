import { type Answer, json } from "./answer";
import { type Call, forRepository, forSignedIn } from "./call";
import type { Repository } from "./company";
import { pageFor, textPageFor } from "./paging";
import { Texts } from "./texts";
import { repositoryView, userView } from "./views";
import { pick } from "./world/invented";

const labelNames = ["archive-soon", "customer-data", "nightly", "reporting"] as const;

/** Two labels at most, and none for some repositories. */
export function labelsOf({ id }: Repository): string[] {
  return Array.from({ length: id % 3 }, (_, at) => pick(labelNames, id + at)).toSorted();
}

/** GET …/labels of a repository. */
export function listRepositoryLabels(call: Call): Answer {
  return forRepository(call, "READ", (repository) =>
    pageFor(call, {
      rows: call.instance.world.contentOf(repository).labels ?? labelsOf(repository),
      view: (name) => ({ name }),
    }),
  );
}

/** GET labels: all of them, by the beginning of the name. */
export function listLabels(call: Call): Answer {
  return forSignedIn(call, () => {
    const prefix = call.query.get("prefix") ?? "";
    return pageFor(call, {
      rows: [...new Set([...labelNames, ...call.instance.world.newLabels])]
        .toSorted()
        .filter((name) => name.startsWith(prefix)),
      view: (name) => ({ name }),
    });
  });
}

/** GET …/ref-change-activities: pushes, newest first. */
export function listRefChanges(call: Call): Answer {
  return forRepository(call, "ADMIN", (repository) => {
    const texts = new Texts(call.instance);
    const ref = call.query.get("ref");
    const pushes = call.instance.world.contentOf(repository).pushes;
    return textPageFor(call, {
      rows: pushes.filter((one) => ref === null || one.ref === ref),
      text: (push) =>
        JSON.stringify({
          id: push.id,
          createdDate: texts.date(push.at),
          user: userView(call.instance, push.account),
          trigger: "push",
          refChange: {
            ref: {
              id: push.ref,
              displayId: push.ref.replace(/^refs\/(?:heads|tags)\//, ""),
              type: push.ref.startsWith("refs/tags/") ? "TAG" : "BRANCH",
            },
            refId: push.ref,
            fromHash: push.fromHash,
            toHash: push.toHash,
            type: push.type,
          },
          repository: repositoryView(call.instance, repository),
        }),
    });
  });
}

/** GET /rest/default-reviewers/…/conditions: a plain list without pages. */
export function listDefaultReviewers(call: Call): Answer {
  return forRepository(call, "READ", (repository) => {
    const { instance } = call;
    const any = {
      id: "ANY_REF_MATCHER_ID",
      displayId: "ANY_REF_MATCHER_ID",
      type: { id: "ANY_REF", name: "Any branch" },
      active: true,
    };
    const reviewer = pick(instance.world.people, repository.id);
    const conditions = Array.from({ length: repository.id % 2 }, () => ({
      id: repository.id * 10 + 1,
      scope: { type: "REPOSITORY", resourceId: repository.id },
      sourceRefMatcher: any,
      targetRefMatcher: any,
      reviewers: [userView(instance, reviewer)],
      requiredApprovals: 1,
    }));
    return json(200, conditions);
  });
}
