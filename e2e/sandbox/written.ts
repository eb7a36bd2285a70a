import type { Instance } from "./instance";
import { labelsOf } from "./repository-parts-endpoints";
import { NEWEST } from "./world/invented";
import type { PullComment, Webhook } from "./world/model";
import { SEEDED } from "./world/pull-request-details";

/** When it was written, by the server's own clock: later ones are greater. */
interface Timed {
  at: number;
}

export interface WrittenComment extends Timed {
  id: number;
  /** PROJECT/slug. */
  repository: string;
  /** The pull request that it is on; null if it is on a commit. */
  pull: number | null;
  commit: string | null;
  /** The comment that it answers. */
  parent: number | null;
  author: string;
  text: string;
  severity: PullComment["severity"];
  state: PullComment["state"];
  version: number;
}

/** What stands on a server because somebody wrote it over the REST API, by kind. Repositories are PROJECT/slug. */
export interface Written {
  comments: WrittenComment[];
  buildStatuses: (Timed & { commit: string; key: string; state: string; url: string })[];
  reports: (Timed & { repository: string; commit: string; key: string; title: string })[];
  annotations: (Timed & {
    repository: string;
    commit: string;
    report: string;
    externalId: string | null;
    message: string;
  })[];
  deployments: (Timed & {
    repository: string;
    commit: string;
    key: string;
    environment: string;
    number: number;
    state: string;
  })[];
  branches: (Timed & { repository: string; name: string; commit: string })[];
  tags: (Timed & { repository: string; name: string; commit: string })[];
  files: (Timed & { repository: string; commit: string; path: string })[];
  pullRequests: (Timed & {
    repository: string;
    id: number;
    title: string;
    state: string;
    from: string;
    to: string;
  })[];
  labels: { repository: string; name: string }[];
  /** `place` is a repository or a project's key. */
  webhooks: (Timed & { place: string; id: number; name: string; url: string; active: boolean })[];
  grants: (Timed & { where: string; who: string; level: string })[];
  repositories: (Timed & { repository: string; name: string })[];
  projects: (Timed & { key: string; name: string })[];
}

/** What stands on this server because somebody wrote it; what was deleted again is not there. */
export function writtenOn({ world }: Instance): Written {
  const written = emptyLists();
  for (const { repository, content } of world.visited) {
    const name = `${repository.project.key}/${repository.slug}`;
    const place = { repository: name };
    for (const pull of content.pullRequests) {
      if (pull.details) {
        const where = { ...place, pull: pull.id, commit: null };
        written.comments.push(...commentsIn(pull.details.comments, where));
      }
      if (pull.writtenAt === undefined) continue;
      const { id, title, state, from, to } = pull;
      const at = pull.writtenAt;
      written.pullRequests.push({ ...place, id, title, state, from: from.name, to: to.name, at });
    }
    for (const [commit, { comments }] of content.discussions) {
      written.comments.push(...commentsIn(comments, { ...place, pull: null, commit }));
    }
    for (const { commit, report } of content.insights.written()) {
      const { key, title, createdAt: at } = report;
      written.reports.push({ ...place, commit, key, title, at });
      for (const { externalId = null, message } of report.annotations) {
        written.annotations.push({ ...place, commit, report: key, externalId, message, at });
      }
    }
    for (const { commit, key, state, environment, ...one } of content.deployments.values()) {
      const { deploymentSequenceNumber: number, writtenAt: at } = one;
      written.deployments.push({ ...place, commit, key, environment: environment.key, number, state, at });
    }
    for (const kind of ["branches", "tags"] as const) {
      for (const { name: ref, latestCommit: commit, writtenAt: at } of content[kind]) {
        if (at !== undefined) written[kind].push({ ...place, name: ref, commit, at });
      }
    }
    for (const { commit, path } of content.writtenFiles) {
      written.files.push({ ...place, commit, path, at: content.commits.get(commit)?.at ?? 0 });
    }
    const invented = labelsOf(repository);
    const labels = (content.labels ?? []).filter((label) => !invented.includes(label));
    written.labels.push(...labels.map((label) => ({ ...place, name: label })));
    written.webhooks.push(...webhooksIn(content.webhooks, name));
  }
  for (const { project, slug, name, writtenAt: at } of world.repositories) {
    if (at !== undefined) written.repositories.push({ repository: `${project.key}/${slug}`, name, at });
  }
  for (const project of world.projects) {
    written.webhooks.push(...webhooksIn(world.webhooksOfProject(project), project.key));
    const { key, name, writtenAt: at } = project;
    if (at !== undefined) written.projects.push({ key, name, at });
  }
  for (const { commit, status, at } of world.builds.written()) {
    const { key, state, url } = status;
    written.buildStatuses.push({ commit, key, state, url, at });
  }
  written.grants.push(...world.grantsWritten.values());
  return written;
}

function emptyLists(): Written {
  return {
    comments: [],
    buildStatuses: [],
    reports: [],
    annotations: [],
    deployments: [],
    branches: [],
    tags: [],
    files: [],
    pullRequests: [],
    labels: [],
    webhooks: [],
    grants: [],
    repositories: [],
    projects: [],
  };
}

function commentsIn(
  comments: readonly PullComment[],
  where: Pick<WrittenComment, "repository" | "pull" | "commit">,
  parent: number | null = null,
): WrittenComment[] {
  return comments.flatMap((one) => {
    const { id, text, severity, state, version, createdAt: at } = one;
    const replies = commentsIn(one.replies, where, id);
    // Those of generators were there from the beginning.
    if (id > SEEDED) return replies;
    return [
      { ...where, id, parent, author: one.author.name, text, severity, state, version, at },
      ...replies,
    ];
  });
}

function webhooksIn(hooks: readonly Webhook[], place: string): Written["webhooks"] {
  return hooks.flatMap(({ id, name, url, active, createdAt, updatedAt = createdAt }) =>
    updatedAt > NEWEST ? [{ place, id, name, url, active, at: updatedAt }] : [],
  );
}
