import type { SendAnswer } from "@/lib/connectors/action-sender";
import { listCall, readList } from "./lists";
import { lookThenWrite, type Verdict } from "./look-then-write";
import { already, type Job } from "./machine";
import { given, post, remove, repositoryPath, segment } from "./paths";
import { lacksPlace, namesException } from "./refusal";

const labelsPath = ({ values }: Job) => `${repositoryPath(values)}/labels`;
const kept = ({ values }: Job) => given({ name: values.name });

/** Looks for the label: all of a repository's stand on one page, or nearly. */
function findLabel(job: Job, body: unknown): { readonly isThere: boolean; readonly more: Verdict | null } {
  const page = readList(body);
  const isThere = page.items.some(({ name }) => name === job.values.name);
  if (isThere || page.next === null) return { isThere, more: null };
  return { isThere, more: { kind: "look", call: listCall(labelsPath(job), {}, page.next) } };
}

/** Applies a label. Applied twice, the server answers 400, so it looks first. */
export const labelSender = lookThenWrite({
  look: (job) => listCall(labelsPath(job)),
  judge: (job, body) => {
    const { isThere, more } = findLabel(job, body);
    return more ?? (isThere ? { kind: "already", answer: kept(job) } : { kind: "absent" });
  },
  write: (job) => post(labelsPath(job), kept(job)),
  keep: kept,
  readRefusal: (job, answer) => (saysApplied(answer) ? already(kept(job)) : null),
});

function saysApplied(answer: SendAnswer): boolean {
  return (
    answer.kind === "rejected" &&
    [400, 409].includes(answer.status) &&
    answer.problems.some(({ message }) => /already (?:been )?applied|already exists/i.test(message))
  );
}

/** Takes a label off; one that is not there counts as removed. */
export const removeLabelSender = lookThenWrite({
  look: (job) => listCall(labelsPath(job)),
  judge: (job, body) => {
    const { isThere, more } = findLabel(job, body);
    return more ?? (isThere ? { kind: "differs", found: {} } : { kind: "already", answer: kept(job) });
  },
  write: (job) => remove(`${labelsPath(job)}/${segment(job.values.name)}`),
  keep: kept,
  readRefusal: (job, answer) => {
    const isGone =
      (answer.kind === "missing" && !lacksPlace(answer)) || namesException(answer, /NoSuchLabel/i);
    return isGone ? already(kept(job)) : null;
  },
});
