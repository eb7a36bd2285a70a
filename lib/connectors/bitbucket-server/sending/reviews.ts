import type { Json } from "@/lib/connectors/stream-reader";
import { isAccountOfKey, slugOf } from "../account-name";
import { lookThenWrite, picked } from "./look-then-write";
import { already, ask, bodyOf, conflict, done, isDone, type Job, machine, sent, write } from "./machine";
import { get, given, post, pullRequestPath, put, segment } from "./paths";
import { authorOf, isSameName, keptOf, reviewersOf, stateInWords, usersIn } from "./pull-request";
import { refused } from "./refusal";

/** Sets the account's own verdict; the server knows it by its slug. */
function setStatus(job: Job, slug: string) {
  const { status } = job.values;
  const path = `${pullRequestPath(job.values)}/participants/${segment(slug)}`;
  return write("written", put(path, given({ status })));
}

/** Approves, asks for work, or takes both back, as the credential's account. */
export const reviewSender = machine({
  begin: (job) => {
    const { account } = job.context;
    if (account === null) {
      const cure = "Check the credential, so that its account is known, then retry.";
      return done(conflict("It is not known whose review this would be.", cure));
    }
    if (isAccountOfKey(account)) {
      const cure = "Use a person’s API key, or a user name and password.";
      return done(conflict("The credential is a key of a project or repository, which cannot review.", cure));
    }
    return ask("looked", get(pullRequestPath(job.values)));
  },
  steps: {
    looked: (job, answer) => {
      const account = job.context.account ?? "";
      if (answer.kind === "assumed") return setStatus(job, slugOf(account));
      if (answer.kind !== "done") return done(refused(job, answer));
      const pull = bodyOf(answer);
      const wanted = job.values.status;
      if (isSameName(authorOf(pull), account)) {
        const cure = "Use another account’s credential, or skip the record.";
        return done(
          conflict(`${account} wrote this pull request, and authors cannot review their own.`, cure),
        );
      }
      const own = [...usersIn(pull.reviewers), ...usersIn(pull.participants)].find(({ name }) =>
        isSameName(String(name ?? ""), account),
      );
      if ((own?.status ?? "UNAPPROVED") === wanted) return done(already({ account, status: wanted }));
      if (pull.state !== "OPEN" && pull.state !== undefined) {
        const cure = "Only open pull requests are reviewed. Reopen it first, or skip the record.";
        return done(conflict(`The pull request ${stateInWords(pull)}.`, cure));
      }
      return setStatus(job, typeof own?.slug === "string" ? own.slug : slugOf(account));
    },
    written: (job, answer) => {
      if (!isDone(answer)) return done(refused(job, answer));
      return done(sent(answer, given({ account: job.context.account, ...statusIn(job, bodyOf(answer)) })));
    },
  },
});

function statusIn({ values }: Job, body: { readonly [name: string]: Json | undefined }) {
  return { status: values.status, ...picked(body, ["status"]) };
}

/** Adds a reviewer; one who is there already stays as they are. */
export const addReviewerSender = lookThenWrite({
  look: ({ values }) => get(pullRequestPath(values)),
  judge: ({ values }, body) => {
    const pull = bodyOf({ kind: "done", status: 200, body });
    const user = String(values.user);
    if (reviewersOf(pull).some((name) => isSameName(name, user))) {
      return { kind: "already", answer: { ...keptOf(pull), user } };
    }
    if (isSameName(authorOf(pull), user)) {
      const message = `${user} wrote this pull request, and authors cannot review their own.`;
      return { kind: "conflict", message, cure: "Map another reviewer, or skip the record." };
    }
    if (pull.state === "OPEN" || pull.state === undefined) return { kind: "differs", found: {} };
    const cure = "Only open pull requests get reviewers. Reopen it first, or skip the record.";
    return { kind: "conflict", message: `The pull request ${stateInWords(pull)}.`, cure };
  },
  write: ({ values }) =>
    post(`${pullRequestPath(values)}/participants`, { user: given({ name: values.user }), role: "REVIEWER" }),
  keep: ({ values }) => given({ id: values.pullRequest, user: values.user }),
  readRefusal: ({ values }, answer) =>
    answer.kind === "rejected" && answer.problems.some(({ message }) => /already.*reviewer/i.test(message))
      ? already(given({ id: values.pullRequest, user: values.user }))
      : null,
});
