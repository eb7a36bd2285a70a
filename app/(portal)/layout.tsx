import type { ReactNode } from "react";
import { NoticeList } from "@/components/notices/notice-list";
import { KeysKeptOut } from "@/components/portal/keys-kept-out";
import { PortalHeader } from "@/components/portal/portal-header";
import { signOutAction } from "@/lib/account/actions";
import { findActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { dismissNoticeAction } from "@/lib/notices/actions";
import { listNotices } from "@/lib/notices/queries";

type Props = {
  children: ReactNode;
  /** The Share dialog, which can be opened over any page. */
  overlay: ReactNode;
};

export default async function PortalLayout({ children, overlay }: Props) {
  const actor = await findActor();
  const notices = actor ? await listNotices(await database(), actor) : [];
  return (
    <>
      <a
        href="#content"
        className="absolute top-3 left-3 z-20 rounded-lg bg-accent px-4 py-2 text-on-accent not-focus:sr-only"
      >
        Skip to content
      </a>
      <PortalHeader
        name={actor?.name ?? null}
        isAdministrator={actor?.isAdministrator ?? false}
        signOut={signOutAction}
      />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl px-4 py-8 outline-none sm:px-6 sm:py-10"
      >
        <KeysKeptOut />
        <NoticeList notices={notices} dismiss={dismissNoticeAction} now={new Date().toISOString()} />
        {children}
      </main>
      {overlay}
    </>
  );
}
