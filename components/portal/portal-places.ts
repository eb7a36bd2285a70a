import type { IconName } from "@/components/ui/icon";
import { addCredentialPath, credentialsPath } from "@/lib/paths";
import { foundLooks } from "./found-kinds";

/** An action or a page that the search over everything leads to. */
export type Place = { readonly name: string; readonly href: string; readonly icon: IconName };

const forAll: readonly Place[] = [
  { name: "New data source", href: "/sources/new", icon: "plus" },
  { name: "New data destination", href: "/destinations/new", icon: "plus" },
  { name: "Add Credential", href: addCredentialPath, icon: "plus" },
  { name: "New team", href: "/teams/new", icon: "plus" },
  { name: "Start page", href: "/", icon: "layout-grid" },
  { name: "Data sources", href: "/sources", icon: foundLooks.source.icon },
  { name: "Data destinations", href: "/destinations", icon: foundLooks.destination.icon },
  { name: "Credentials", href: credentialsPath, icon: foundLooks.credential.icon },
  { name: "Teams", href: "/teams", icon: foundLooks.team.icon },
  { name: "Your account", href: "/account", icon: "user-round" },
];

const forAdministrators: readonly Place[] = [
  { name: "Users", href: "/admin/users", icon: foundLooks.user.icon },
  { name: "Invitations", href: "/admin/users/invitations", icon: foundLooks.user.icon },
  { name: "All teams", href: "/admin/teams", icon: foundLooks.team.icon },
  { name: "Servers", href: "/admin/servers", icon: foundLooks.server.icon },
  { name: "Policy for sign-ins", href: "/admin/servers/policy", icon: foundLooks.server.icon },
  { name: "Audit log", href: "/admin/audit", icon: "layout-grid" },
];

/** The places whose name has a word that begins with each word of `text`; all of them for an empty text. */
export function placesFor(text: string, isAdministrator: boolean): Place[] {
  const places = isAdministrator ? [...forAll, ...forAdministrators] : forAll;
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return places.filter(({ name }) => {
    const words = name.toLowerCase().split(" ");
    return wanted.every((one) => words.some((word) => word.startsWith(one)));
  });
}
