import type { Account } from "../accounts";

export interface Deployment {
  commit: string;
  deploymentSequenceNumber: number;
  key: string;
  displayName: string;
  description: string;
  url: string;
  state: string;
  environment: {
    key: string;
    displayName: string;
    type?: string | undefined;
    url?: string | undefined;
  };
  lastUpdated: number;
  by: Account;
  writtenAt: number;
}

/** What makes two deployments the same one. */
export function deploymentId(
  commit: string,
  {
    key,
    environment,
    deploymentSequenceNumber,
  }: Pick<Deployment, "key" | "environment" | "deploymentSequenceNumber">,
): string {
  return JSON.stringify([commit, key, environment.key, deploymentSequenceNumber]);
}
