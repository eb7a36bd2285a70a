/** What somebody is to a source or destination, strongest first. */
export const flowRoles = ["owner", "administrator", "operator", "collaborator"] as const;
export type FlowRole = (typeof flowRoles)[number];

/** The roles that can be given. */
export const grantableFlowRoles = ["administrator", "operator", "collaborator"] as const;
export type GrantableFlowRole = (typeof grantableFlowRoles)[number];

const everybody: readonly FlowRole[] = flowRoles;
const managers: readonly FlowRole[] = ["owner", "administrator"];

/** Everything that can be done with a source or destination, and who may. */
const allowed = {
  see: everybody,
  // Running, pausing and activating: with the owner's own right to the credential, whoever presses.
  operate: ["owner", "administrator", "operator"],
  edit: managers,
  share: managers,
  delete: managers,
} as const satisfies Record<string, readonly FlowRole[]>;

export type FlowOperation = keyof typeof allowed;
export const flowOperations = Object.keys(allowed) as FlowOperation[]; // Object.keys forgets the names' type.

/** True when that role may do that; without a role nothing may be done. */
export function mayOnFlow(role: FlowRole | null, operation: FlowOperation): boolean {
  const roles: readonly FlowRole[] = allowed[operation];
  return role !== null && roles.includes(role);
}
