import type { Metadata } from "next";
import { PasswordForm } from "@/components/account/password-form";
import { ProfileForm } from "@/components/account/profile-form";
import { SessionList } from "@/components/account/session-list";
import { ResetList } from "@/components/resets/reset-list";
import { ButtonLink } from "@/components/ui/buttons";
import { Section } from "@/components/ui/card";
import { FlashMessage } from "@/components/ui/flash-message";
import { PageHeader } from "@/components/ui/page-header";
import {
  changePasswordAction,
  endOtherSessionsAction,
  endSessionAction,
  renameSelfAction,
} from "@/lib/account/actions";
import { listOwnSessions } from "@/lib/account/queries";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { revokeResetAction } from "@/lib/password-resets/actions";
import { listOwnResets } from "@/lib/password-resets/queries";
import { only, type SearchParams } from "@/lib/text/search-param";

export const metadata: Metadata = { title: "Your account" };

const doneInWords: Record<string, string> = {
  name: "Your name is saved",
  password: "Your password is changed; all your other sessions have ended",
  session: "The session has ended",
  sessions: "All your other sessions have ended",
};

export default async function AccountPage({ searchParams }: { searchParams: SearchParams<"done"> }) {
  const actor = await requireActor("/account");
  const { done } = only(await searchParams);
  const db = await database();
  const [sessions, resets] = await Promise.all([listOwnSessions(db, actor), listOwnResets(db, actor)]);
  const said = done && doneInWords[done];
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <PageHeader
        title="Your account"
        lead="Who you are here, and where you are signed in."
        action={
          <div className="flex flex-wrap gap-3">
            <ButtonLink href="/account/display">Display</ButtonLink>
            <ButtonLink href="/account/notifications">Notifications</ButtonLink>
          </div>
        }
      />
      {said && <FlashMessage title={said} parameter="done" />}
      <Section title="Profile">
        <ProfileForm key={actor.name} action={renameSelfAction} name={actor.name} email={actor.email} />
      </Section>
      <Section title="Password" aside="Changing it ends all your other sessions.">
        {/* A new form after each change, so that no typed password stays on the page. */}
        <PasswordForm
          key={done === "password" ? actor.requestId : "password"}
          action={changePasswordAction}
          email={actor.email}
        />
        {resets.length > 0 && (
          <div className="flex flex-col gap-3 border-t border-line pt-5">
            <h3 className="text-sm font-medium">Links that administrators made to reset it</h3>
            <ResetList resets={resets} revoke={revokeResetAction} />
          </div>
        )}
      </Section>
      <Section title="My sessions">
        <SessionList
          sessions={sessions}
          endOne={endSessionAction}
          endOthers={endOtherSessionsAction}
          now={new Date().toISOString()}
        />
      </Section>
    </div>
  );
}
