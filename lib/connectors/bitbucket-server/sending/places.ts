import type { Move, SendAnswer } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { listCall, readList } from "./lists";
import { linkOf, picked } from "./look-then-write";
import { already, ask, bodyOf, conflict, done, isDone, type Job, machine, sent, write } from "./machine";
import { get, given, post, projectPath, segment } from "./paths";
import { isSameName } from "./pull-request";
import { keepRefusal, keptRefusal, refused, saysTaken } from "./refusal";

/** Makes repositories and projects, each once. */

const keep = (place: JsonObject) =>
  given({ ...picked(place, ["id", "key", "slug", "name"]), url: linkOf(place) });

/** What stands under the wanted name: as wanted, or not. */
function compare(job: Job, place: JsonObject, noun: string): Move {
  const { name, description, public: isPublic } = job.values;
  const differing = [
    ...(name === place.name ? [] : ["name"]),
    ...(description === undefined || description === place.description ? [] : ["description"]),
    ...(isPublic === undefined || isPublic === place.public ? [] : ["public access"]),
  ];
  if (differing.length === 0) return done(already(keep(place)));
  const message = `The ${noun} stands already, with another ${differing.join(" and another ")}.`;
  const cure = "Nothing was changed. Change it in Bitbucket, or correct the record.";
  return done(conflict(message, cure));
}

/** The slug that Bitbucket makes of a name. */
function slugFor(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9_.-]+/g, "-")
    .slice(0, 128);
}

const repositoriesPath = ({ values }: Job) => `${projectPath(values)}/repos`;

const createRepository = (job: Job): Move => {
  const { name, description, public: isPublic } = job.values;
  return write(
    "written",
    post(repositoriesPath(job), given({ name, scmId: "git", description, public: isPublic })),
  );
};

const listRepositories = (job: Job, note: JsonObject, start = 0) =>
  ask("listed", listCall(repositoriesPath(job), {}, start), note);

/** Makes a repository. The slug is the server's to choose, so a taken name is looked for in the whole project. */
export const repositorySender = machine({
  begin: (job) => ask("looked", get(`${repositoriesPath(job)}/${segment(slugFor(String(job.values.name)))}`)),
  steps: {
    looked: (job, answer) => {
      if (answer.kind === "assumed" || isMissingRepository(answer)) return createRepository(job);
      if (answer.kind !== "done") return done(refused(job, answer));
      return compare(job, bodyOf(answer), "repository");
    },
    written: (job, answer) => {
      if (isDone(answer)) return done(sent(answer, keep(bodyOf(answer))));
      const refusal = refused(job, answer);
      return saysTaken(answer) ? listRepositories(job, keepRefusal(refusal)) : done(refusal);
    },
    listed: (job, answer, note) => {
      if (answer.kind !== "done") return done(keptRefusal(note) ?? refused(job, answer));
      const page = readList(answer.body);
      const found = page.items.find(({ name }) => isSameName(String(name ?? ""), String(job.values.name)));
      if (found) return compare(job, found, "repository");
      if (page.next !== null) return listRepositories(job, note, page.next);
      return done(keptRefusal(note) ?? conflict("The name is taken.", "Choose another name."));
    },
  },
});

function isMissingRepository(answer: SendAnswer): boolean {
  return answer.kind === "missing" && !(answer.exceptions ?? []).some((name) => /NoSuchProject/i.test(name));
}

const onePath = ({ values }: Job) => `/rest/api/1.0/projects/${segment(values.key)}`;

/** Makes a project. */
export const projectSender = machine({
  begin: (job) => ask("looked", get(onePath(job))),
  steps: {
    looked: (job, answer, note) => {
      if (answer.kind === "done") return compare(job, bodyOf(answer), "project");
      const refusal = keptRefusal(note);
      if (refusal !== null) return done(refusal);
      if (answer.kind !== "assumed" && answer.kind !== "missing") return done(refused(job, answer));
      const { key, name, description, public: isPublic } = job.values;
      const body = given({ key, name, description, public: isPublic });
      return write("written", post("/rest/api/1.0/projects", body));
    },
    written: (job, answer) => {
      if (isDone(answer)) return done(sent(answer, keep(bodyOf(answer))));
      const refusal = refused(job, answer);
      return saysTaken(answer) ? ask("looked", get(onePath(job)), keepRefusal(refusal)) : done(refusal);
    },
  },
});
