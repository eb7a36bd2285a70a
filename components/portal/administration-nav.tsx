import { NavLink } from "./nav-link";

/** Between the pages of portal administrators. */
export function AdministrationNav() {
  return (
    <nav
      aria-label="Administration"
      className="-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 pb-3 sm:mx-0 sm:px-0"
    >
      <NavLink href="/admin/users">Users</NavLink>
      <NavLink href="/admin/teams">Teams</NavLink>
      <NavLink href="/admin/servers">Servers</NavLink>
      <NavLink href="/admin/audit">Audit log</NavLink>
    </nav>
  );
}
