/** What somebody is to a source or destination, strongest first. */
export const endpointRoles = ["owner", "administrator", "operator", "collaborator"] as const;
export type EndpointRole = (typeof endpointRoles)[number];

/** The roles that can be given. */
export const grantableEndpointRoles = ["administrator", "operator", "collaborator"] as const;
export type GrantableEndpointRole = (typeof grantableEndpointRoles)[number];

const everybody: readonly EndpointRole[] = endpointRoles;
const managers: readonly EndpointRole[] = ["owner", "administrator"];

/** Everything that can be done with a source or destination, and who may. */
const allowed = {
  see: everybody,
  // Running, pausing and activating: with the owner's own right to the credential, whoever presses.
  operate: ["owner", "administrator", "operator"],
  edit: managers,
  share: managers,
  delete: managers,
} as const satisfies Record<string, readonly EndpointRole[]>;

export type EndpointOperation = keyof typeof allowed;
export const endpointOperations = Object.keys(allowed) as EndpointOperation[]; // Object.keys forgets the names' type.

/** True when that role may do that; without a role nothing may be done. */
export function mayOnEndpoint(role: EndpointRole | null, operation: EndpointOperation): boolean {
  const roles: readonly EndpointRole[] = allowed[operation];
  return role !== null && roles.includes(role);
}
