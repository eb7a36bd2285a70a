import { compareNames } from "@/lib/db/name-order";
import { flowRoles } from "@/lib/endpoints/policy";
import type { GrantableRole, PersonWithAccess, SharingRole, Way } from "./types";

/** A way that leads one person to a thing. */
export type PersonsWay = { readonly id: string; readonly name: string; readonly way: Way };

/** Everybody that the ways lead to, by name, each with all of their ways and the strongest role among them. */
export function peopleBehind(ways: readonly PersonsWay[]): PersonWithAccess[] {
  const byId = new Map<string, { name: string; ways: Way[] }>();
  for (const { id, name, way } of ways) {
    const person = byId.get(id) ?? { name, ways: [] };
    person.ways.push(way);
    byId.set(id, person);
  }
  return [...byId]
    .map(([id, person]) => ({ id, ...person, role: strongest(person.ways.map(roleOfWay)) }))
    .sort((one, other) => compareNames(one.name, other.name) || compareNames(one.id, other.id));
}

function roleOfWay(way: Way): SharingRole {
  return way.kind === "ownership" ? "owner" : (way.role satisfies GrantableRole);
}

// The list of roles stands strongest first.
function strongest(roles: readonly SharingRole[]): SharingRole {
  return flowRoles.find((role) => roles.includes(role)) ?? "collaborator";
}
