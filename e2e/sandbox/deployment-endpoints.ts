import { z } from "zod";
import { type Answer, json, noContent } from "./answer";
import { type Call, forSignedIn } from "./call";
import { forCommit } from "./commit-endpoints";
import type { Repository } from "./company";
import { badField, noSuchDeployment, repositoryArchived } from "./errors";
import { Texts } from "./texts";
import { parseBody } from "./validation";
import { repositoryView } from "./views";
import type { Content } from "./world/content";
import { type Deployment, deploymentId } from "./world/deployments";
import { fullUrl, oneOf, requiredText, wholeNumber } from "./write-fields";

const states = [
  ...(["PENDING", "IN_PROGRESS", "CANCELLED", "FAILED"] as const),
  ...(["ROLLED_BACK", "SUCCESSFUL", "UNKNOWN"] as const),
] as const;
const deploymentSchema = z.object({
  deploymentSequenceNumber: wholeNumber("number of the deployment"),
  key: requiredText("the key of the deployment", 255),
  displayName: requiredText("the name of the deployment", 255),
  description: requiredText("the description of the deployment", 255),
  url: fullUrl("the address of the deployment", 1_024),
  state: oneOf("state", states),
  environment: z.object(
    {
      key: requiredText("the key of the environment", 255),
      displayName: requiredText("the name of the environment", 255),
      type: oneOf("type", ["DEVELOPMENT", "TESTING", "STAGING", "PRODUCTION"]).optional(),
      url: fullUrl("the address of the environment", 1_024).optional(),
    },
    { error: "Please enter the environment." },
  ),
  lastUpdated: wholeNumber("time of the last update").optional(),
});

/** POST …/commits/{sha}/deployments: 200; one with the same key, environment and number is replaced. */
export function addDeployment(call: Call): Answer {
  return forCommit(call, (repository, content, commit) =>
    forSignedIn(call, ({ account }) => {
      if (repository.archived) return repositoryArchived(repository.project.key, repository.slug);
      const parsed = parseBody(deploymentSchema, call.body);
      if ("refusal" in parsed) return parsed.refusal;
      const writtenAt = call.instance.world.nextMoment();
      const { lastUpdated = writtenAt, ...given } = parsed.body;
      const deployment: Deployment = { ...given, lastUpdated, commit: commit.id, by: account, writtenAt };
      content.deployments.set(deploymentId(commit.id, deployment), deployment);
      return json(200, deploymentView(call, repository, content, deployment));
    }),
  );
}

/** GET …/deployments?key=&environmentKey=&deploymentSequenceNumber=: one deployment. */
export function getDeployment(call: Call): Answer {
  return forNamed(call, (found, repository, content) =>
    json(200, deploymentView(call, repository, content, found)),
  );
}

/** DELETE …/deployments?key=&environmentKey=&deploymentSequenceNumber=: 204. */
export function deleteDeployment(call: Call): Answer {
  return forNamed(call, (found, _repository, content) =>
    forSignedIn(call, () => {
      content.deployments.delete(deploymentId(found.commit, found));
      return noContent;
    }),
  );
}

function forNamed(
  call: Call,
  answer: (found: Deployment, repository: Repository, content: Content) => Answer,
): Answer {
  return forCommit(call, (repository, content, commit) => {
    const { query } = call;
    for (const name of ["key", "environmentKey", "deploymentSequenceNumber"]) {
      if (!query.get(name)) return badField(name, `Please give the ${name}.`);
    }
    const key = query.get("key") ?? "";
    const id = deploymentId(commit.id, {
      key,
      environment: { key: query.get("environmentKey") ?? "", displayName: "" },
      deploymentSequenceNumber: Number(query.get("deploymentSequenceNumber")),
    });
    const found = content.deployments.get(id);
    return found ? answer(found, repository, content) : noSuchDeployment(key);
  });
}

function deploymentView(
  { instance }: Call,
  repository: Repository,
  { commits }: Content,
  { commit, by: _, writtenAt: __, ...deployment }: Deployment,
) {
  const found = commits.get(commit);
  return {
    ...deployment,
    fromCommit: null,
    repository: repositoryView(instance, repository),
    toCommit: found ? JSON.parse(new Texts(instance).commit(found)) : { id: commit },
  };
}
