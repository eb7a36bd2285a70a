import { credentialPath, type Direction, flowPath } from "@/lib/connectors";

/** What is shared, as an address needs to know it: a flow's lies under its direction. */
export type Addressed =
  | { readonly kind: "credential"; readonly id: string }
  | { readonly kind: "flow"; readonly id: string; readonly direction: Direction };

/** The page of a credential, source or destination. */
export function thingPath(thing: Addressed): string {
  return thing.kind === "credential" ? credentialPath(thing.id) : flowPath(thing.direction, thing.id);
}

/** The address of its Share dialog, which opens as a page too. */
export function sharePath(thing: Addressed): string {
  return `${thingPath(thing)}/share`;
}

/** Where its owner hands a credential over, and where the other one answers. */
export function handoverPath(credentialId: string): string {
  return `${credentialPath(credentialId)}/handover`;
}
