import {
  ArrowDownToLine,
  ArrowUpFromLine,
  KeyRound,
  type LucideIcon,
  Server,
  UserRound,
  UsersRound,
} from "lucide-react";
import { credentialsPath } from "@/lib/paths";
import type { FoundKind } from "@/lib/search/types";

/** How a search shows each kind: its heading, its icon, and the list that has all of the kind. */
export const foundLooks: Readonly<Record<FoundKind, { heading: string; icon: LucideIcon; list: string }>> = {
  credential: { heading: "Credentials", icon: KeyRound, list: credentialsPath },
  source: { heading: "Data sources", icon: ArrowDownToLine, list: "/sources" },
  destination: { heading: "Data destinations", icon: ArrowUpFromLine, list: "/destinations" },
  team: { heading: "Teams", icon: UsersRound, list: "/teams" },
  server: { heading: "Servers", icon: Server, list: "/admin/servers" },
  user: { heading: "Users", icon: UserRound, list: "/admin/users" },
};
