import type { IconName } from "@/components/ui/icon";
import { credentialsPath } from "@/lib/paths";
import type { FoundKind } from "@/lib/search/types";

/** How a search shows each kind: its heading, its icon, and the list that has all of the kind. */
export const foundLooks: Readonly<Record<FoundKind, { heading: string; icon: IconName; list: string }>> = {
  credential: { heading: "Credentials", icon: "key-round", list: credentialsPath },
  source: { heading: "Data sources", icon: "arrow-down-to-line", list: "/sources" },
  destination: { heading: "Data destinations", icon: "arrow-up-from-line", list: "/destinations" },
  team: { heading: "Teams", icon: "users-round", list: "/teams" },
  server: { heading: "Servers", icon: "server", list: "/admin/servers" },
  user: { heading: "Users", icon: "user-round", list: "/admin/users" },
};
