"use client";

import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { PopoverMenu } from "@/components/ui/popover-menu";
import type { FormAction } from "@/lib/action-result";
import type { NeedCounts } from "@/lib/overview/types";
import { AccountMenu } from "./account-menu";
import { Brand } from "./brand";
import { InboxBell } from "./inbox-bell";
import { NavLink } from "./nav-link";
import { QuickSearch } from "./quick-search";
import { SignOutForm } from "./sign-out-form";

type Props = {
  /** Null on pages that are also shown without a session, such as "not found". */
  name: string | null;
  isAdministrator: boolean;
  /** Unread messages. */
  unread: number;
  /** What needs the user, counted. */
  needs: NeedCounts | null;
  chooseTheme: FormAction<null>;
  signOut: FormAction<null>;
};

/**
 * Top bar: navigation, account menu, sign-out. A client component, so that a page carries few values to the browser and
 * not, a second time, the bar's markup.
 */
export function PortalHeader({ name, isAdministrator, unread, needs, chooseTheme, signOut }: Props) {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex w-full max-w-[90rem] items-center gap-x-2 px-4 py-2.5 sm:gap-x-6 sm:px-6">
        <button
          type="button"
          popoverTarget="main-menu"
          aria-label="Menu"
          className="-ml-2 flex size-9 shrink-0 cursor-pointer items-center justify-center rounded-lg text-muted hover:bg-sunken hover:text-ink lg:hidden"
        >
          <Icon name="menu" className="size-5" />
        </button>
        <Link href="/" className="flex rounded-lg" aria-label="Latchkey, start page">
          <Brand />
        </Link>
        {/* On narrow screens a menu that the browser opens, without script too; on wide ones a row of the bar. */}
        <PopoverMenu
          as="nav"
          id="main-menu"
          aria-label="Main"
          className="gap-1 text-ink max-lg:absolute max-lg:inset-x-4 max-lg:inset-y-auto max-lg:top-15 max-lg:m-0 max-lg:w-auto max-lg:flex-col max-lg:rounded-2xl max-lg:border max-lg:border-line max-lg:bg-surface max-lg:p-2 max-lg:shadow-float max-lg:open:flex lg:static lg:m-0 lg:flex lg:overflow-visible lg:border-0 lg:bg-transparent lg:p-0"
        >
          <NavLink href="/sources" needs={needs && needs.sources + needs.stoppedSources}>
            Sources
          </NavLink>
          <NavLink href="/destinations" needs={needs && needs.destinations + needs.stoppedDestinations}>
            Destinations
          </NavLink>
          <NavLink href="/credentials" needs={needs && countOfCredentials(needs)}>
            Credentials
          </NavLink>
          <NavLink href="/teams">Teams</NavLink>
          {isAdministrator && (
            <NavLink href="/admin/users" section="/admin">
              Administration
            </NavLink>
          )}
        </PopoverMenu>
        {name && (
          <div className="flex min-w-0 flex-1 items-center justify-end gap-1 sm:gap-2">
            <QuickSearch isAdministrator={isAdministrator} />
            <InboxBell unread={unread} />
            <AccountLink name={name} />
            <div className="max-sm:hidden">
              <SignOutForm action={signOut} />
            </div>
            <AccountMenu name={name} chooseTheme={chooseTheme} signOut={signOut} />
          </div>
        )}
      </div>
    </header>
  );
}

/** The user's name, linking to the account page; on narrow screens the account menu leads there. */
function AccountLink({ name }: { name: string }) {
  return (
    <Link
      href="/account"
      title={name}
      className="max-w-64 min-w-0 truncate rounded-lg px-1.5 py-1.5 text-sm text-muted underline-offset-4 hover:text-ink hover:underline max-sm:hidden"
    >
      <span className="sr-only">Your account: </span>
      {name}
    </Link>
  );
}

function countOfCredentials({ rejected, locked, ended, endsSoon }: NeedCounts): number {
  return rejected + locked + ended + endsSoon;
}
