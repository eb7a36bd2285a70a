import type { Call, Move } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { branchName } from "../actions/ref-names";
import { listCall, readList } from "./lists";
import { picked } from "./look-then-write";
import {
  already,
  ask,
  asObject,
  bodyOf,
  conflict,
  done,
  isDone,
  type Job,
  machine,
  sent,
  write,
} from "./machine";
import { get, given, pageAt, repositoryPath, segment } from "./paths";
import { lacksPlace, namesException, refused } from "./refusal";

/**
 * Writes a file: finds the branch's newest commit, compares the file's lines there, and commits only if they differ.
 * The server is told that commit, so that a change in between is not overwritten.
 */

const branchOf = ({ values }: Job) => branchName(String(values.branch ?? ""));
const filePath = ({ values }: Job) =>
  `${repositoryPath(values)}/browse/${String(values.path ?? "")
    .split("/")
    .map(segment)
    .join("/")}`;

/** The file on its branch. */
function pageOf(job: Job): string | undefined {
  const file = filePath(job).replace(/^.*?(?=\/projects\/)/, "");
  return pageAt(`${file}?at=${encodeURIComponent(`refs/heads/${branchOf(job)}`)}`);
}

/** Begins, or begins again after a change in between. */
function lookAtBranch(job: Job, note: JsonObject = {}): Move {
  const query = { until: `refs/heads/${branchOf(job)}`, limit: 1 };
  return ask("branch", get(`${repositoryPath(job.values)}/commits`, query), note);
}

function lookAtLines(job: Job, note: JsonObject, start = 0): Move {
  return ask("lines", listCall(filePath(job), { at: String(note.commit) }, start), note);
}

/** `source`: the commit at which the file stands with other lines; null if there is no such file. */
function put(job: Job, source: string | null, note: JsonObject = {}): Move {
  const { content, message } = job.values;
  const form: Call["form"] = {
    content: String(content ?? ""),
    branch: branchOf(job),
    ...(typeof message === "string" ? { message } : {}),
    ...(source === null ? {} : { sourceCommitId: source }),
  };
  return write("written", { method: "PUT", path: filePath(job), query: {}, form }, note);
}

/** The lines of a text as the server gives them: it does not tell whether the last one ends. */
function linesOf(text: string): readonly string[] {
  return text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
}

/** Compares a page of lines: whether they are the same, and where the next page begins. */
function comparePage(job: Job, body: JsonObject) {
  const wanted = linesOf(String(job.values.content ?? ""));
  const { start, lines, isLastPage, nextPageStart } = body;
  const from = typeof start === "number" ? start : 0;
  const found = Array.isArray(lines) ? lines.map((line) => String(asObject(line).text ?? "")) : null;
  if (found === null) return { isSame: false, next: null };
  const isPart = found.every((line, index) => line.replace(/\r$/, "") === (wanted[from + index] ?? null));
  if (isLastPage === false && typeof nextPageStart === "number" && nextPageStart > from) {
    return { isSame: isPart, next: nextPageStart };
  }
  // An empty file has no line, or an empty one.
  const isWhole = from + found.length === wanted.length || (found.length === 0 && wanted.join("") === "");
  return { isSame: isPart && isWhole, next: null };
}

export const writeFileSender = machine({
  begin: (job) => lookAtBranch(job),
  steps: {
    branch: (job, answer, note) => {
      if (answer.kind === "assumed") return put(job, null, note);
      if (answer.kind === "missing" && !lacksPlace(answer)) {
        return ask("branches", get(`${repositoryPath(job.values)}/branches`, { limit: 1, start: 0 }), note);
      }
      if (answer.kind !== "done") return done(refused(job, answer));
      const commit = readList(answer.body).items[0]?.id;
      return typeof commit === "string" ? lookAtLines(job, { ...note, commit }) : put(job, null, note);
    },
    // The first file of an empty repository makes its branch.
    branches: (job, answer, note) => {
      if (answer.kind === "assumed") return put(job, null, note);
      if (answer.kind !== "done") return done(refused(job, answer));
      if (readList(answer.body).items.length === 0) return put(job, null, note);
      const cure = "Create the branch first, or correct the record.";
      return done(conflict(`There is no branch ${branchOf(job)}.`, cure));
    },
    lines: (job, answer, note) => {
      if (answer.kind === "assumed") return put(job, null, note);
      if (answer.kind === "missing" && !lacksPlace(answer)) return put(job, null, note);
      if (answer.kind !== "done") return done(refused(job, answer));
      const body = bodyOf(answer);
      if (body.children !== undefined) {
        const cure = "Choose another path for the file.";
        return done(conflict(`There is a folder at ${String(job.values.path)}.`, cure));
      }
      const { isSame, next } = comparePage(job, body);
      if (isSame && next !== null) return lookAtLines(job, note, next);
      const { commit } = note;
      if (isSame) return done(already(given({ commit: String(commit), page: pageOf(job) })));
      return put(job, String(commit), note);
    },
    written: (job, answer, note) => {
      if (isDone(answer))
        return done(
          sent(answer, given({ ...picked(bodyOf(answer), ["id", "displayId"]), page: pageOf(job) })),
        );
      if (namesException(answer, /ContentUnmodified|NotModified|Unchanged/i)) return done(already({}));
      const isFirst = answer.kind === "rejected" && answer.status === 409 && note.again !== true;
      return isFirst ? lookAtBranch(job, { again: true }) : done(refused(job, answer));
    },
  },
});
