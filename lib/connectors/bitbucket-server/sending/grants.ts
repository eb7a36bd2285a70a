import type { JsonObject } from "@/lib/connectors/stream-reader";
import { listCall, readList } from "./lists";
import { lookThenWrite } from "./look-then-write";
import { asObject, type Job } from "./machine";
import { given, projectPath, put, repositoryPath } from "./paths";
import { isSameName } from "./pull-request";

const isGroup = ({ values }: Job) => values.holder === "GROUP";

function grantsPath(job: Job): string {
  const place = job.values.repository === undefined ? projectPath(job.values) : repositoryPath(job.values);
  return `${place}/permissions/${isGroup(job) ? "groups" : "users"}`;
}

const ranks = ["READ", "WRITE", "ADMIN"];
const rankOf = (permission: unknown) => ranks.findIndex((rank) => String(permission).endsWith(`_${rank}`));

const kept = ({ values }: Job, permission = values.permission): JsonObject =>
  given({ name: values.name, permission });

/** Gives a user or a group a right. The server would lower a higher one to it, so it looks first. */
export const grantSender = lookThenWrite({
  look: (job) => listCall(grantsPath(job), { filter: String(job.values.name) }),
  judge: (job, body) => {
    const page = readList(body);
    const name = String(job.values.name);
    const found = page.items.find(({ user, group }) =>
      isSameName(String(asObject(isGroup(job) ? group : user).name ?? ""), name),
    );
    if (!found) {
      if (page.next === null) return { kind: "absent" };
      return { kind: "look", call: listCall(grantsPath(job), { filter: name }, page.next) };
    }
    return rankOf(found.permission) >= rankOf(job.values.permission)
      ? { kind: "already", answer: kept(job, found.permission) }
      : { kind: "differs", found: {} };
  },
  write: (job) =>
    put(grantsPath(job), undefined, {
      name: String(job.values.name),
      permission: String(job.values.permission),
    }),
  keep: (job) => kept(job),
});
