import type { Call, SendContext } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { picked } from "./look-then-write";
import { bodyOf, conflict, done, isDone, type Job, machine, sent, write } from "./machine";
import { commitPage, commitPath, given, post, segment } from "./paths";
import { refused } from "./refusal";
import { isOlder } from "./server-version";

/** True for a build status of a server before 7.14: it belongs to a commit, in whichever repository that is. */
export function isSentToAnyRepository({ action, serverVersion }: SendContext): boolean {
  return action === "build-status" && isOlder(serverVersion, [7, 14]);
}

const isOld = ({ context }: Job) => isSentToAnyRepository(context);
const oldStates: readonly unknown[] = ["SUCCESSFUL", "FAILED", "INPROGRESS"];

function statusCall(job: Job): Call {
  const { key, state, url, name, description, ref, parent, buildNumber } = job.values;
  const basics = given({ key, state, url, name, description });
  if (isOld(job)) {
    return post(`/rest/build-status/1.0/commits/${segment(job.values.commit).toLowerCase()}`, basics);
  }
  const { duration, lastUpdated, testsFailed, testsSkipped, testsSuccessful } = job.values;
  const tests = given({ failed: testsFailed, skipped: testsSkipped, successful: testsSuccessful });
  const testResults =
    Object.keys(tests).length === 0 ? undefined : { failed: 0, skipped: 0, successful: 0, ...tests };
  const more = given({ ref, parent, buildNumber, duration, lastUpdated, testResults });
  return post(`${commitPath(job.values)}/builds`, { ...basics, ...more });
}

/** The server keeps one status per commit and key. */
export const buildStatusSender = machine({
  begin: (job) => {
    const { state } = job.values;
    if (!isOld(job) || oldStates.includes(state)) return write("written", statusCall(job));
    const message = `Before version 7.14, Bitbucket knows no build state ${String(state)}.`;
    return done(conflict(message, `Send one of ${oldStates.join(", ")}.`));
  },
  steps: {
    written: (job, answer) => {
      if (!isDone(answer)) return done(refused(job, answer));
      return done(
        sent(answer, given({ ...picked(job.values, ["key", "state"]), page: commitPage(job.values) })),
      );
    },
  },
});

function deploymentBody({ values }: Job): JsonObject {
  const { environmentKey, environmentName, environmentType, environmentUrl } = values;
  return given({
    deploymentSequenceNumber: values.sequenceNumber,
    key: values.key,
    displayName: values.displayName,
    description: values.description,
    url: values.url,
    state: values.state,
    environment: given({
      key: environmentKey,
      displayName: environmentName ?? environmentKey,
      type: environmentType,
      url: environmentUrl,
    }),
    lastUpdated: values.lastUpdated,
  });
}

/** The server keeps one deployment per key, environment and sequence number. */
export const deploymentSender = machine({
  begin: (job) => write("written", post(`${commitPath(job.values)}/deployments`, deploymentBody(job))),
  steps: {
    written: (job, answer) => {
      if (!isDone(answer)) return done(refused(job, answer));
      const kept = picked(bodyOf(answer), ["key", "state", "deploymentSequenceNumber"]);
      return done(sent(answer, given({ ...kept, page: commitPage(job.values) })));
    },
  },
});
