import type { ReactNode } from "react";
import { AdministrationNav } from "@/components/portal/administration-nav";
import { findActor } from "@/lib/auth/require-actor";

/** The pages of portal administrators. Each of them asks for its administrator itself: a layout guards nothing. */
export default async function AdministrationLayout({ children }: { children: ReactNode }) {
  const actor = await findActor();
  return (
    <div className="flex flex-col gap-8">
      {actor?.isAdministrator && <AdministrationNav />}
      {children}
    </div>
  );
}
