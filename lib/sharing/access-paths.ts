import { compareNames } from "@/lib/db/name-order";
import { endpointRoles } from "@/lib/endpoints/policy";
import type { AccessPath, GrantableRole, SharingRole, UserWithAccess } from "./types";

/** One access path of one user. */
export type UserAccessPath = { readonly id: string; readonly name: string; readonly accessPath: AccessPath };

/** All users with access, by name, each with all of their access paths and the strongest role among them. */
export function usersBehind(accessPaths: readonly UserAccessPath[]): UserWithAccess[] {
  const byId = new Map<string, { name: string; accessPaths: AccessPath[] }>();
  for (const { id, name, accessPath } of accessPaths) {
    const user = byId.get(id) ?? { name, accessPaths: [] };
    user.accessPaths.push(accessPath);
    byId.set(id, user);
  }
  return [...byId]
    .map(([id, user]) => ({ id, ...user, role: strongest(user.accessPaths.map(roleOfPath)) }))
    .sort((one, other) => compareNames(one.name, other.name) || compareNames(one.id, other.id));
}

function roleOfPath(accessPath: AccessPath): SharingRole {
  return accessPath.kind === "ownership" ? "owner" : (accessPath.role satisfies GrantableRole);
}

// The list of roles is ordered strongest first.
function strongest(roles: readonly SharingRole[]): SharingRole {
  return endpointRoles.find((role) => roles.includes(role)) ?? "collaborator";
}
