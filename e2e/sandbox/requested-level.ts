import type { Level } from "./accounts";

const levels: readonly Level[] = ["READ", "WRITE", "ADMIN"];

/** The level in a `permission` parameter such as REPO_WRITE: null if absent, "unknown" if invalid. */
export function requestedLevel(query: URLSearchParams, on: "PROJECT" | "REPO"): Level | null | "unknown" {
  const request = query.get("permission");
  if (request === null || request === "") return null;
  return levels.find((level) => request === `${on}_${level}`) ?? "unknown";
}
