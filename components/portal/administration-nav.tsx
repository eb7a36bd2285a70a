import { SectionTabs } from "@/components/ui/section-tabs";
import { NavLink } from "./nav-link";

/** Between the pages of portal administrators. */
export function AdministrationNav() {
  return (
    <SectionTabs label="Administration">
      <NavLink href="/admin/users">Users</NavLink>
      <NavLink href="/admin/teams">Teams</NavLink>
      <NavLink href="/admin/servers">Servers</NavLink>
      <NavLink href="/admin/audit">Audit log</NavLink>
    </SectionTabs>
  );
}
