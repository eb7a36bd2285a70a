import type { ReactNode } from "react";
import { NavLink } from "@/components/portal/nav-link";
import { SectionTabs } from "@/components/ui/page-header";
import { findActor } from "@/lib/auth/require-actor";

/** Frame of the administration pages. Each page checks for an administrator itself: a layout guards nothing. */
export default async function AdministrationLayout({ children }: { children: ReactNode }) {
  const actor = await findActor();
  return (
    <div className="flex flex-col gap-8">
      {actor?.isAdministrator && (
        <SectionTabs label="Administration">
          <NavLink href="/admin/users">Users</NavLink>
          <NavLink href="/admin/teams">Teams</NavLink>
          <NavLink href="/admin/servers">Servers</NavLink>
          <NavLink href="/admin/audit">Audit log</NavLink>
        </SectionTabs>
      )}
      {children}
    </div>
  );
}
