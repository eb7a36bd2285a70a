import Link from "next/link";
import type { FormAction } from "@/lib/action-result";
import { Brand } from "./brand";
import { NavLink } from "./nav-link";
import { SignOutForm } from "./sign-out-form";

type Props = {
  /** Null on pages that are also shown without a session, such as "not found". */
  name: string | null;
  isAdministrator: boolean;
  signOut: FormAction<null>;
};

/** Top bar: navigation, account menu, sign-out. */
export function PortalHeader({ name, isAdministrator, signOut }: Props) {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-3 gap-y-1 sm:gap-x-6 px-4 py-2.5 sm:px-6">
        <Link href="/" prefetch={false} className="flex rounded-lg" aria-label="Latchkey, start page">
          <Brand />
        </Link>
        <nav
          aria-label="Main"
          className="scroll-hint order-last -mx-4 flex w-[calc(100%+2rem)] gap-0.5 overflow-x-auto px-2.5 py-1 [--ground:var(--color-surface)] sm:gap-1 lg:order-none lg:mx-0 lg:w-auto lg:px-0 lg:py-0"
        >
          <NavLink href="/sources">Sources</NavLink>
          <NavLink href="/destinations">Destinations</NavLink>
          <NavLink href="/credentials">Credentials</NavLink>
          <NavLink href="/teams">Teams</NavLink>
          {isAdministrator && (
            <NavLink href="/admin/users" section="/admin">
              Administration
            </NavLink>
          )}
        </nav>
        {name && (
          <div className="-mr-3 flex min-w-0 flex-1 items-center justify-end gap-2">
            <AccountLink name={name} />
            <SignOutForm action={signOut} />
          </div>
        )}
      </div>
    </header>
  );
}

/** The user's name, linking to the account page. */
function AccountLink({ name }: { name: string }) {
  return (
    <Link
      href="/account"
      prefetch={false}
      title={name}
      className="min-w-0 max-w-64 truncate rounded-lg px-1.5 py-1.5 text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
    >
      <span className="sr-only">Your account: </span>
      {name}
    </Link>
  );
}
