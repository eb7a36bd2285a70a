import { type Addressed, credentialsPath, type Direction, pathOf } from "@/lib/paths";

type Crumb = { readonly href: string; readonly name: string };

/** The list that a team stands in, for the way back from a page below it. */
export const teamsCrumb: Crumb = { href: "/teams", name: "Teams" };

/** The same for a credential. */
export const credentialsCrumb: Crumb = { href: credentialsPath, name: "Credentials" };

/** The same for a source or destination. */
export function endpointsCrumb(direction: Direction): Crumb {
  return {
    href: `/${pathOf(direction)}`,
    name: direction === "source" ? "Data sources" : "Data destinations",
  };
}

/** The same for anything that can be shared. */
export function crumbOf(thing: Addressed): Crumb {
  return thing.kind === "credential" ? credentialsCrumb : endpointsCrumb(thing.direction);
}
