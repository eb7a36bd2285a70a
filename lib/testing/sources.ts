/** A new source of all repositories, read by hand; to be completed by a credential and a name. */
export const aRepositorySource = {
  direction: "source",
  connector: "bitbucket-server",
  settings: { stream: "repositories", parameters: {}, scope: { kind: "everything" } },
  schedule: { kind: "manual" },
} as const;

/** The same as the wizard's form sends it. */
export const sentSource = {
  direction: "source",
  connector: "bitbucket-server",
  choice: "stream=repositories&scope=everything",
  schedule: "manual",
} as const;
