import type { ActionSender, ItemResult, Move, SendAnswer } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { branchName, tagName } from "../actions/ref-names";
import { listCall, readList } from "./lists";
import { lookThenWrite, picked } from "./look-then-write";
import { already, ask, bodyOf, conflict, done, isDone, type Job, machine, sent, write } from "./machine";
import { get, given, pageAt, placePath, post, repositoryPath } from "./paths";
import { keepRefusal, keptRefusal, lacksPlace, namesException, refused, saysTaken } from "./refusal";

type Kind = {
  /** "branches". */
  readonly list: string;
  /** "branch". */
  readonly noun: string;
  readonly shortName: (text: string) => string;
};

const branches: Kind = { list: "branches", noun: "branch", shortName: branchName };
const tags: Kind = { list: "tags", noun: "tag", shortName: tagName };

const nameOf = ({ shortName }: Kind, { values }: Job) => shortName(String(values.name ?? ""));

/** Looks for the branch or tag: the filter is a part of the name, so the page may hold others. */
function listOf(kind: Kind, job: Job, start = 0) {
  const query = { filterText: nameOf(kind, job), boostMatches: "true", orderBy: "ALPHABETICAL" };
  return listCall(`${repositoryPath(job.values)}/${kind.list}`, query, start);
}

function isNamed(name: string) {
  return ({ displayId, id }: JsonObject) =>
    displayId === name || id === `refs/heads/${name}` || id === `refs/tags/${name}`;
}

/**
 * Creates a branch or a tag: looks for one of that name, finds out at which commit it should stand, and creates it.
 * After a refusal because of the name it looks once more: another run may have been faster.
 */
function refSender(kind: Kind): ActionSender {
  const look = (job: Job, note: JsonObject, start = 0): Move => ask("looked", listOf(kind, job, start), note);
  const resolve = (job: Job, note: JsonObject): Move =>
    ask(
      "resolved",
      get(`${repositoryPath(job.values)}/commits`, { until: String(job.values.startPoint), limit: 1 }),
      note,
    );
  const create = (job: Job, note: JsonObject): Move => {
    const { startPoint, message } = job.values;
    const body = given({ name: nameOf(kind, job), startPoint, message });
    return write("written", post(`${repositoryPath(job.values)}/${kind.list}`, body), note);
  };
  return machine({
    begin: (job) => look(job, {}),
    steps: {
      looked: (job, answer, note) => {
        if (answer.kind === "assumed") return resolve(job, note);
        if (answer.kind !== "done") return done(refused(job, answer));
        const page = readList(answer.body);
        const found = page.items.find(isNamed(nameOf(kind, job)));
        if (found) {
          const stands = String(found.latestCommit ?? "");
          const { commit } = note;
          return typeof commit === "string"
            ? done(compare(kind, job, stands, commit))
            : resolve(job, { ...note, stands });
        }
        if (page.next !== null) return look(job, note, page.next);
        const refusal = keptRefusal(note);
        return refusal === null ? resolve(job, note) : done(refusal);
      },
      resolved: (job, answer, note) => {
        if (answer.kind === "assumed") return create(job, note);
        if (answer.kind === "missing" && !lacksPlace(answer)) return done(noStartPoint(job));
        if (answer.kind !== "done") return done(refused(job, answer));
        const commit = readList(answer.body).items[0]?.id;
        if (typeof commit !== "string") return done(noStartPoint(job));
        const { stands } = note;
        if (typeof stands === "string") return done(compare(kind, job, stands, commit));
        return create(job, { commit });
      },
      written: (job, answer, note) => {
        if (isDone(answer)) return done(sent(answer, kept(kind, job, bodyOf(answer))));
        const refusal = refused(job, answer);
        const isFirst = keptRefusal(note) === null;
        return isFirst && saysTaken(answer) ? look(job, { ...note, ...keepRefusal(refusal) }) : done(refusal);
      },
    },
  });
}

export const branchSender = refSender(branches);
export const tagSender = refSender(tags);

/** What is kept of a message, to see whether a tag would get another one. */
const keptMessage = (job: Job) => {
  const { message } = job.values;
  return typeof message === "string" ? message.slice(0, 200) : undefined;
};

/** Its commits. */
function pageOf(kind: Kind, job: Job): string | undefined {
  const ref = `refs/${kind === tags ? "tags" : "heads"}/${nameOf(kind, job)}`;
  return pageAt(`${placePath(job.values)}/commits?until=${encodeURIComponent(ref)}`);
}

function kept(kind: Kind, job: Job, body: JsonObject): JsonObject {
  const { id, latestCommit } = picked(body, ["id", "latestCommit"]);
  const message = kind === tags ? keptMessage(job) : undefined;
  return given({ id: id ?? nameOf(kind, job), commit: latestCommit, message, page: pageOf(kind, job) });
}

function compare(kind: Kind, job: Job, stands: string, wanted: string): ItemResult {
  const { noun } = kind;
  const name = nameOf(kind, job);
  if (stands.toLowerCase() !== wanted.toLowerCase()) {
    return conflict(
      `The ${noun} ${name} stands at ${stands.slice(0, 12)}, not at ${wanted.slice(0, 12)}.`,
      `Nothing was changed. Delete the ${noun} in Bitbucket first, or choose another name.`,
    );
  }
  const { past } = job.item;
  const message = kind === tags ? keptMessage(job) : undefined;
  if (kind === tags && past.kind === "sent" && past.answer.message !== message) {
    return conflict(
      `The tag ${name} stands with another message, and tags are never changed.`,
      "Delete the tag in Bitbucket first, or choose another name.",
    );
  }
  return already(given({ id: name, commit: stands, message, page: pageOf(kind, job) }));
}

function noStartPoint({ values }: Job): ItemResult {
  return {
    ...{ result: "rejected", status: null },
    problems: [
      { field: "startPoint", message: `There is no branch, tag or commit ${String(values.startPoint)}.` },
    ],
    cure: "Correct the start point in the record or the mapping, then retry.",
  };
}

/** Deletes a branch; one that is not there counts as deleted. */
export const deleteBranchSender = lookThenWrite({
  look: (job) => listOf(branches, job),
  judge: (job, body) => {
    const page = readList(body);
    const name = nameOf(branches, job);
    const found = page.items.find(isNamed(name));
    if (!found) {
      return page.next === null
        ? { kind: "already", answer: { id: name } }
        : { kind: "look", call: listOf(branches, job, page.next) };
    }
    if (found.isDefault === true) {
      const cure = "Choose another default branch in Bitbucket first.";
      return { kind: "conflict", message: `${name} is the default branch, which is never deleted.`, cure };
    }
    const expected = job.values.commit;
    const stands = String(found.latestCommit ?? "");
    if (typeof expected === "string" && expected.toLowerCase() !== stands.toLowerCase()) {
      return {
        kind: "conflict",
        message: `The branch ${name} ends at ${stands.slice(0, 12)} now, not at ${expected.slice(0, 12)}.`,
        cure: "Nothing was deleted. Look at the newer commits, then map the new commit.",
      };
    }
    return { kind: "differs", found: {} };
  },
  write: (job) => ({
    ...{ method: "DELETE", path: `/rest/branch-utils/1.0${placePath(job.values)}/branches`, query: {} },
    body: given({
      name: `refs/heads/${nameOf(branches, job)}`,
      endPoint: job.values.commit,
      dryRun: false,
    }),
  }),
  keep: (job) => given({ id: nameOf(branches, job), commit: job.values.commit }),
  readRefusal: (job, answer) => (isGone(answer) ? already({ id: nameOf(branches, job) }) : null),
});

function isGone(answer: SendAnswer): boolean {
  return (
    (answer.kind === "missing" && !lacksPlace(answer)) || namesException(answer, /NoSuch(?:Branch|Ref)/i)
  );
}
