import { z } from "zod";
import { type Answer, jsonText } from "./answer";
import { type Call, viewerOf } from "./call";
import type { Repository } from "./company";
import { badField, conflict, noSuchBranch, noSuchRepository, notPermitted } from "./errors";
import { canOnRepository } from "./permissions";
import {
  descriptionField,
  draftField,
  forOwnPull,
  outOfDate,
  pullRequestView,
  refField,
  reviewersField,
  reviewersNamed,
  titleField,
  versionField,
  wrongState,
} from "./pull-request-place";
import { pullRequestText } from "./pull-request-texts";
import { Texts } from "./texts";
import { parseBody } from "./validation";
import type { PullRequest } from "./world/model";
import { notePullChange, openPull, setReviewers } from "./world/pull-request-updates";
import { forActiveRepository } from "./write-place";

const newPullRequest = z.object({
  title: titleField,
  description: descriptionField,
  fromRef: refField,
  toRef: refField,
  reviewers: reviewersField,
  draft: draftField,
});

/** POST …/pull-requests: 201. Between branches of one repository: the stand-in's forks share no commits. */
export function openPullRequest(call: Call): Answer {
  return forActiveRepository(call, "READ", ({ repository, content, caller }) => {
    const parsed = parseBody(newPullRequest, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { title, description = "", fromRef, toRef, reviewers, draft = false } = parsed.body;
    for (const [name, ref] of [
      ["fromRef", fromRef],
      ["toRef", toRef],
    ] as const) {
      if (!isIn(repository, ref.repository)) return elsewhere(call, name, ref.repository);
    }
    const from = content.branch(fromRef.id);
    if (!from) return noSuchBranch(fromRef.id, repository.slug);
    const to = content.branch(toRef.id);
    if (!to) return noSuchBranch(toRef.id, repository.slug);
    if (from === to) {
      const message = "A pull request needs two different branches.";
      return conflict(message, "pull.InvalidPullRequestTargetException");
    }
    const existing = content.pullRequests.find(
      (one) => one.state === "OPEN" && one.from.name === from.name && one.to.name === to.name,
    );
    if (existing) {
      const existingPullRequest = pullRequestView(call, { repository, content, pull: existing });
      const message = "Only one pull request may be open for a given source and target branch";
      return conflict(message, "pull.DuplicatePullRequestException", { existingPullRequest });
    }
    if (content.history(from.latestCommit, to.latestCommit).length === 0) {
      const message = `${to.name} is already up-to-date with branch ${from.name}.`;
      return conflict(message, "pull.EmptyPullRequestException");
    }
    const names = (reviewers ?? []).map(({ user }) => user.name);
    const accounts = reviewersNamed(call, names, caller.account);
    if (!Array.isArray(accounts)) return accounts;
    const given = { title, description, draft, author: caller.account, from, to, reviewers: accounts };
    const pull = openPull(call.instance.world, { repository, content }, given);
    pull.writtenAt = pull.createdAt;
    return pullAnswer(call, 201, repository, pull);
  });
}

type Named = z.output<typeof refField>["repository"];

function isIn({ slug, project }: Repository, named: Named): boolean {
  if (named === undefined) return true;
  const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  return isSame(named.slug, slug) && isSame(named.project.key, project.key);
}

function elsewhere({ instance: { world } }: Call, field: string, named: Named): Answer {
  const { slug = "", project: { key } = { key: "" } } = named ?? {};
  const project = world.findProject(key);
  if (!project || !world.findRepository(project, slug)) return noSuchRepository(key, slug);
  return badField(field, `${key}/${slug} has no history in common with this repository.`);
}

const pullChange = z.object({
  version: versionField,
  title: titleField,
  description: descriptionField,
  reviewers: reviewersField,
  toRef: refField.partial().optional(),
  draft: draftField,
});

/** PUT …/pull-requests/{id}: its author, or whoever may write. What is left out is taken away, reviewers too. */
export function changePullRequest(call: Call): Answer {
  return forOwnPull(call, (place) => {
    const { repository, content, pull, caller } = place;
    const mayWrite = canOnRepository(viewerOf(call), repository, "WRITE");
    if (pull.author !== caller.account && !mayWrite) return notPermitted();
    const parsed = parseBody(pullChange, call.body);
    if ("refusal" in parsed) return parsed.refusal;
    const { version, title, description = "", reviewers, toRef, draft } = parsed.body;
    const refusal = wrongState(place, "OPEN", "changed") ?? outOfDate(call, place, version);
    if (refusal) return refusal;
    const to = toRef?.id === undefined ? null : content.branch(toRef.id);
    if (to === undefined) return noSuchBranch(toRef?.id ?? "", repository.slug);
    if (to?.name === pull.from.name) {
      const message = "A pull request needs two different branches.";
      return conflict(message, "pull.InvalidPullRequestTargetException");
    }
    const names = (reviewers ?? []).map(({ user }) => user.name);
    const accounts = reviewersNamed(call, names, pull.author);
    if (!Array.isArray(accounts)) return accounts;
    const changed = setReviewers(pull, accounts);
    pull.title = title;
    pull.description = description;
    pull.draft = draft ?? pull.draft;
    if (to && to.name !== pull.to.name) {
      pull.to = { name: to.name, latestCommit: to.latestCommit };
      pull.commits = content.history(pull.from.latestCommit, to.latestCommit).map((one) => one.id);
    }
    const activity = { action: "UPDATED" as const, reviewers: changed };
    notePullChange(call.instance.world, place, caller.account, activity);
    return pullAnswer(call, 200, repository, pull);
  });
}

/** A pull request as an answer; a new one with its address. */
export function pullAnswer(call: Call, status: number, repository: Repository, pull: PullRequest): Answer {
  const { instance } = call;
  const path = `projects/${repository.project.key}/repos/${repository.slug}/pull-requests/${pull.id}`;
  const headers = status === 201 ? { Location: `${instance.baseUrl}/rest/api/1.0/${path}` } : {};
  return jsonText(status, pullRequestText(new Texts(instance), repository, pull), headers);
}
