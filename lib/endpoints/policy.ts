/** The roles on a source or destination, strongest first. */
export const endpointRoles = ["owner", "administrator", "operator", "collaborator"] as const;
export type EndpointRole = (typeof endpointRoles)[number];

/** The roles that can be granted. */
export const grantableEndpointRoles = ["administrator", "operator", "collaborator"] as const;
export type GrantableEndpointRole = (typeof grantableEndpointRoles)[number];

const everybody: readonly EndpointRole[] = endpointRoles;
const managers: readonly EndpointRole[] = ["owner", "administrator"];

/** Every operation on a source or destination, and the roles that permit it. */
const allowed = {
  see: everybody,
  // Running, pausing and activating use the owner's right to the credential, whichever user presses the button.
  operate: ["owner", "administrator", "operator"],
  edit: managers,
  share: managers,
  delete: managers,
} as const satisfies Record<string, readonly EndpointRole[]>;

export type EndpointOperation = keyof typeof allowed;
export const endpointOperations = Object.keys(allowed) as EndpointOperation[]; // Object.keys loses the names' type.

/** True if that role permits the operation; false without a role. */
export function mayOnEndpoint(role: EndpointRole | null, operation: EndpointOperation): boolean {
  const roles: readonly EndpointRole[] = allowed[operation];
  return role !== null && roles.includes(role);
}
