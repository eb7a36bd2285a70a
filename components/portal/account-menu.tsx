"use client";

import type { ReactNode } from "react";
import { Initials } from "@/components/ui/avatar";
import { Icon, type IconName } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { PopoverMenu } from "@/components/ui/popover-menu";
import type { FormAction } from "@/lib/action-result";
import { SignOutForm } from "./sign-out-form";
import { ThemeForm } from "./theme-form";

type Props = { name: string; chooseTheme: FormAction<null>; signOut: FormAction<null> };

/** What the user can set for themselves, behind their initials. The browser opens and closes it, so it needs no script. */
export function AccountMenu({ name, chooseTheme, signOut }: Props) {
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        aria-label="Account menu"
        className="flex size-9 shrink-0 cursor-pointer items-center justify-center rounded-full hover:ring-2 hover:ring-line"
      >
        <Initials name={name} />
      </button>
      <PopoverMenu
        id="account-menu"
        className="absolute inset-auto top-15 right-[max(1rem,calc((100vw-90rem)/2+1.5rem))] m-0 w-72 max-w-[calc(100vw-2rem)] flex-col gap-3 rounded-2xl border border-line bg-surface p-3 text-ink shadow-float open:flex"
      >
        <p className="truncate px-2 pt-1 text-sm font-semibold" title={name}>
          {name}
        </p>
        <ThemeForm action={chooseTheme} />
        <ul className="flex flex-col border-t border-line pt-2 text-sm">
          <MenuLink href="/account" icon="user-round">
            Account
          </MenuLink>
          <MenuLink href="/account/display" icon="sliders-horizontal">
            Display
          </MenuLink>
          <MenuLink href="/account/notifications" icon="bell">
            Notifications
          </MenuLink>
        </ul>
        {/* On wide screens it stands in the bar. */}
        <div className="border-t border-line pt-1 sm:hidden">
          <SignOutForm action={signOut} />
        </div>
      </PopoverMenu>
    </>
  );
}

function MenuLink({ href, icon, children }: { href: string; icon: IconName; children: ReactNode }) {
  return (
    <li>
      <Link href={href} className="flex min-h-9 items-center gap-2.5 rounded-lg px-2 hover:bg-sunken">
        <Icon name={icon} className="size-4 text-muted" />
        {children}
      </Link>
    </li>
  );
}
