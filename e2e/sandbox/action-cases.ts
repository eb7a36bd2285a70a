import { z } from "zod";
import type { Values } from "@/lib/connectors/action";
import { sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import { newestCommit } from "./newest-commit";
import type { Sandbox } from "./start";
import { writer } from "./writer";

/** For tests: values that each action can be performed with on a sandbox that was just reset. */

const place = { project: "DATA", repository: "event-lake" };
const lake = "api/1.0/projects/DATA/repos/event-lake";
const idSchema = z.looseObject({ id: z.number() });

/** By the action's id: brings what it needs onto the server, and says the values. */
export function actionCases(
  sandboxNow: () => Sandbox,
): Readonly<Record<string, () => Promise<Values> | Values>> {
  const api = () => writer(sandboxNow(), bearer(sandboxKeys.anaAdmin.value));
  const jane = () => writer(sandboxNow(), bearer(sandboxKeys.janeWrite.value));

  /** Opens a pull request of Jane's, and says its number. */
  async function pullOf(state: "OPEN" | "DECLINED" = "OPEN"): Promise<Values> {
    const repository = { slug: "event-lake", project: { key: "DATA" } };
    const ref = (name: string) => ({ id: `refs/heads/${name}`, repository });
    await jane().post(`${lake}/branches`, { name: "stable", startPoint: "v1.0.0" });
    const made = await jane().post(`${lake}/pull-requests`, {
      ...{ title: "Bring it up to date", fromRef: ref("main"), toRef: ref("stable") },
    });
    const { id } = idSchema.parse(made.json);
    if (state === "DECLINED") await jane().post(`${lake}/pull-requests/${id}/decline`, { version: 0 });
    return { ...place, pullRequest: id };
  }

  async function ownComment(): Promise<Values> {
    const pull = await pullOf();
    const path = `${lake}/pull-requests/${String(pull.pullRequest)}/comments`;
    const { id } = idSchema.parse((await api().post(path, { text: "Before." })).json);
    return { ...pull, comment: id };
  }

  async function commitOf(): Promise<Values> {
    return { ...place, commit: await newestCommit(sandboxNow()) };
  }

  async function aYearlyLabel(): Promise<void> {
    await api().post(`${lake}/labels`, { name: "yearly" });
  }

  return {
    "pull-request-comment": async () => ({ ...(await pullOf()), text: "Please look." }),
    "pull-request-task": async () => ({ ...(await pullOf()), text: "Rename it." }),
    "change-comment": async () => ({ ...(await ownComment()), text: "After." }),
    "delete-comment": ownComment,
    "commit-comment": async () => ({ ...(await commitOf()), text: "Why?" }),
    "build-status": async () => ({
      ...{ ...(await commitOf()), key: "WEB", state: "INPROGRESS", url: "https://ci.example/7" },
    }),
    deployment: async () => ({
      ...{ ...(await commitOf()), sequenceNumber: 42, key: "web", displayName: "Web", description: "Web 42" },
      ...{ url: "https://ci.example/42", state: "SUCCESSFUL", environmentKey: "production" },
    }),
    "code-insights-report": async () => ({
      ...{ ...(await commitOf()), key: "lint", title: "Lint", result: "FAIL", reporter: "Linter" },
    }),
    "code-insights-annotation": async () => ({
      ...{ ...(await commitOf()), report: "lint", message: "Too long", severity: "LOW" },
      ...{ path: "README.md", line: 3 },
    }),
    branch: () => ({ ...place, name: "release/2.x", startPoint: "v1.1.0" }),
    tag: () => ({ ...place, name: "v9", startPoint: "refs/heads/main", message: "Nine" }),
    "delete-branch": () => ({ ...place, name: "feature/decimal-amounts" }),
    "pull-request": async () => {
      await jane().post(`${lake}/branches`, { name: "stable", startPoint: "v1.0.0" });
      const texts = { title: "Up to date", description: "All of it", reviewers: ["zlindqvist"], draft: true };
      return { ...place, from: "main", to: "stable", ...texts };
    },
    "change-pull-request": async () => ({ ...(await pullOf()), title: "New title", description: "New" }),
    "review-pull-request": async () => ({ ...(await pullOf()), status: "NEEDS_WORK" }),
    "add-reviewer": async () => ({ ...(await pullOf()), user: "zlindqvist" }),
    "merge-pull-request": () => pullOf(),
    "decline-pull-request": () => pullOf(),
    "reopen-pull-request": () => pullOf("DECLINED"),
    label: () => ({ ...place, name: "quarterly" }),
    "remove-label": async () => {
      await aYearlyLabel();
      return { ...place, name: "yearly" };
    },
    webhook: () => ({
      ...{ ...place, name: "Chat", url: "https://hooks.example/chat", events: ["pr:opened", "pr:merged"] },
    }),
    "write-file": () => ({ ...place, branch: "main", path: "docs/prices.md", content: "One\nTwo\n" }),
    repository: () => ({ project: "DATA", name: "Price Lists", description: "Prices" }),
    project: () => ({ key: "LAB", name: "Laboratory" }),
    "grant-right": () => ({ ...place, holder: "USER", name: "zlindqvist", permission: "REPO_ADMIN" }),
    "manual-request": () => ({
      ...{ method: "POST", path: "/rest/api/1.0/projects/DATA/repos/event-lake/branches" },
      body: { name: "by-hand", startPoint: "main" },
      lookup: "/rest/api/1.0/projects/DATA/repos/event-lake/commits/by-hand",
    }),
    "manual-deletion": async () => {
      await aYearlyLabel();
      return { path: "/rest/api/1.0/projects/DATA/repos/event-lake/labels/yearly" };
    },
  };
}
