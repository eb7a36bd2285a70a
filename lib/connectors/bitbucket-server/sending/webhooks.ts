import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { listCall, readList } from "./lists";
import { lookThenWrite, picked, type Verdict } from "./look-then-write";
import { asObject, type Job } from "./machine";
import { given, post, put, repositoryPath, segment } from "./paths";

const hooksPath = ({ values }: Job) => `${repositoryPath(values)}/webhooks`;
const keep = (_job: Job, body: JsonObject) => picked(body, ["id", "name", "url", "active"]);

/** The webhook that this destination made for the record, or the one of that name and address. */
function findHook({ item, values }: Job, hooks: readonly JsonObject[]): JsonObject | undefined {
  const own = item.past.kind === "sent" ? item.past.answer.id : undefined;
  return (
    hooks.find(({ id }) => id !== undefined && id === own) ??
    hooks.find(({ name, url }) => name === values.name && url === values.url)
  );
}

const texts = (list: Json | undefined) => (Array.isArray(list) ? list.map(String).sort().join("\n") : "");

function isAsWanted({ values }: Job, hook: JsonObject): boolean {
  const { name, url, events, active, sslVerification } = values;
  return (
    hook.name === name &&
    hook.url === url &&
    texts(hook.events) === texts(events) &&
    (active === undefined || hook.active === active) &&
    (sslVerification === undefined || hook.sslVerificationRequired === sslVerification)
  );
}

/** Writing a webhook over removes what is not sent, and a secret is never sent. */
function holdsSecret({ configuration, credentials }: JsonObject): boolean {
  return Boolean(asObject(configuration).secret) || Object.keys(asObject(credentials)).length > 0;
}

function judgeHook(job: Job, body: unknown): Verdict {
  const page = readList(body);
  const hook = findHook(job, page.items);
  if (!hook) {
    if (page.next === null) return { kind: "absent" };
    return { kind: "look", call: listCall(hooksPath(job), {}, page.next) };
  }
  if (isAsWanted(job, hook)) return { kind: "already", answer: keep(job, hook) };
  if (holdsSecret(hook)) {
    return {
      kind: "conflict",
      message: "The webhook has a secret or a password in Bitbucket, which writing it over would remove.",
      cure: "Change this webhook in Bitbucket, or give the new one another name.",
    };
  }
  return { kind: "differs", found: picked(hook, ["id", "active", "sslVerificationRequired"]) };
}

/** Makes a webhook, or writes a changed one over. */
export const webhookSender = lookThenWrite({
  look: (job) => listCall(hooksPath(job)),
  judge: judgeHook,
  write: (job, found) => {
    const { name, url, events, active, sslVerification } = job.values;
    const body = given({
      ...{ name, url, events },
      active: active ?? found?.active ?? true,
      sslVerificationRequired: sslVerification ?? found?.sslVerificationRequired,
    });
    if (found === null) return post(hooksPath(job), body);
    return put(`${hooksPath(job)}/${segment(found.id)}`, body);
  },
  keep,
});
