import type { ReactNode } from "react";
import { NoticeList } from "@/components/notices/notice-list";
import { KeysKeptOut } from "@/components/portal/keys-kept-out";
import { PortalHeader } from "@/components/portal/portal-header";
import { signOutAction } from "@/lib/account/actions";
import type { Actor } from "@/lib/actor";
import { countUnread, findActor, hasNotices } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { chooseThemeAction } from "@/lib/display/actions";
import { dismissNoticeAction } from "@/lib/notices/actions";
import { listNotices } from "@/lib/notices/queries";
import type { Notice } from "@/lib/notices/types";
import { countNeeds } from "./count-needs";

type Props = {
  children: ReactNode;
  /** The dialog over the page: Share, or Add New Credential. */
  overlay: ReactNode;
};

export default async function PortalLayout({ children, overlay }: Props) {
  const actor = await findActor();
  const [notices, needs] = await Promise.all([readNotices(actor), actor && countNeeds(actor)]);
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
        unread={await countUnread()}
        needs={needs}
        chooseTheme={chooseThemeAction}
        signOut={signOutAction}
      />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-[90rem] px-4 py-8 outline-none sm:px-6 sm:py-10"
      >
        <KeysKeptOut />
        <NoticeList notices={notices} dismiss={dismissNoticeAction} now={new Date().toISOString()} />
        {children}
      </main>
      {overlay}
    </>
  );
}

async function readNotices(actor: Actor | null): Promise<readonly Notice[]> {
  return actor && (await hasNotices()) ? listNotices(await database(), actor) : [];
}
