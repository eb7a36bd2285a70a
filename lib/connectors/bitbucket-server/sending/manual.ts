import type { Call, Move, SendAnswer } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { readQuery, splitManualPath } from "../streams/manual-path";
import { linkOf, picked } from "./look-then-write";
import {
  already,
  ask,
  bodyOf,
  conflict,
  done,
  isDone,
  type Job,
  machine,
  sent,
  unknown,
  write,
} from "./machine";
import { get, given } from "./paths";
import { refused } from "./refusal";

/** Any request of the REST interface, as the user described it. */

/** A typed path, split; such values reach senders only if the path was accepted. */
function split(value: unknown) {
  const found = splitManualPath(String(value ?? ""));
  if (!found.ok) throw new Error("a manual path that was never accepted");
  return found;
}

function callOf({ values }: Job, method: Call["method"]): Call {
  const { path, query } = split(values.path);
  const more = readQuery(String(values.query ?? ""));
  const call = { method, path, query: { ...query, ...more } };
  return values.body === undefined ? call : { ...call, body: values.body };
}

function lookupOf({ values }: Job): Call | null {
  if (values.lookup === undefined) return null;
  const { path, query } = split(values.lookup);
  return get(path, query);
}

function keep(body: JsonObject): JsonObject {
  return given({ ...picked(body, ["id", "key", "slug", "name", "version"]), url: linkOf(body) });
}

const isPost = ({ values }: Job) => values.method === "POST";
const look = (call: Call) => ofOwnPath(ask("looked", call));
const put = (call: Call) => ofOwnPath(write("written", call));
const ofOwnPath = (move: Move): Move => (move.kind === "done" ? move : { ...move, isOwnPath: true });
const send = (job: Job) => put(callOf(job, isPost(job) ? "POST" : "PUT"));

const outcomeUnknown = unknown(
  "The connection broke after an earlier sending, and no lookup path tells whether it was done.",
  "Look in Bitbucket whether it was done. Map a lookup path, so that this is found out by itself.",
);

const sentOtherwise = conflict(
  "It was sent before with other values, and sending it again could do it twice.",
  "Use PUT where the path allows it, or choose a match key that tells the two apart.",
);

/** POST or PUT. A PUT may be repeated; a POST that was sent before, or may have been, only if nothing is found. */
export const manualRequestSender = machine({
  begin: (job) => {
    const { kind } = job.item.past;
    const lookup = lookupOf(job);
    if (kind === "sent" && !isPost(job)) return send(job);
    if (lookup !== null) return look(lookup);
    if (kind === "new" || !isPost(job)) return send(job);
    return done(kind === "sent" ? sentOtherwise : outcomeUnknown);
  },
  steps: {
    looked: (job, answer) => {
      if (answer.kind === "assumed" || answer.kind === "missing") return send(job);
      if (answer.kind !== "done") return done(refused(job, answer));
      return done(job.item.past.kind === "sent" ? sentOtherwise : already(keep(bodyOf(answer))));
    },
    written,
  },
});

/** DELETE, which may be repeated: what is not there counts as deleted. */
export const manualDeletionSender = machine({
  begin: (job) => {
    const lookup = lookupOf(job);
    return lookup === null ? put(callOf(job, "DELETE")) : look(lookup);
  },
  steps: {
    looked: (job, answer) => {
      if (answer.kind === "missing") return done(already({}));
      if (answer.kind === "done" || answer.kind === "assumed") return put(callOf(job, "DELETE"));
      return done(refused(job, answer));
    },
    written: (job, answer) => (answer.kind === "missing" ? done(already({})) : written(job, answer)),
  },
});

function written(job: Job, answer: SendAnswer) {
  return done(isDone(answer) ? sent(answer, keep(bodyOf(answer))) : refused(job, answer));
}
