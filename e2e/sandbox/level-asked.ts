import type { Level } from "./accounts";

const levels: readonly Level[] = ["READ", "WRITE", "ADMIN"];

/** The level in a `permission` parameter such as REPO_WRITE: null when there is none, "unknown" when it names nothing. */
export function levelAsked(query: URLSearchParams, on: "PROJECT" | "REPO"): Level | null | "unknown" {
  const asked = query.get("permission");
  if (asked === null || asked === "") return null;
  return levels.find((level) => asked === `${on}_${level}`) ?? "unknown";
}
