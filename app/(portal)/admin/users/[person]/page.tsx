import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PersonControls } from "@/components/people/person-controls";
import { PersonFacts } from "@/components/people/person-facts";
import { ResetPanel } from "@/components/resets/reset-panel";
import { Section } from "@/components/ui/card";
import { News } from "@/components/ui/news";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { makeResetAction, revokeResetAction } from "@/lib/password-resets/actions";
import { listResetsOf } from "@/lib/password-resets/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import {
  changeRoleAction,
  disablePersonAction,
  enablePersonAction,
  signOutEverywhereAction,
} from "@/lib/users/actions";
import { findPerson } from "@/lib/users/queries";

type Props = { params: Promise<{ person: string }>; searchParams: SearchParams<"done"> };

const doneInWords: Record<string, string> = {
  disabled: "The account is disabled, and its sessions have ended",
  enabled: "The account is enabled",
  administrator: "The account is a portal administrator's now",
  member: "The account is a member's now",
  "signed-out": "All sessions of the account have ended",
};

const actions = {
  disable: disablePersonAction,
  enable: enablePersonAction,
  changeRole: changeRoleAction,
  signOutEverywhere: signOutEverywhereAction,
};

async function load({ params }: Props) {
  const { person: id } = await params;
  const actor = await requireAdministrator(`/admin/users/${id}`);
  const db = await database();
  const person = (await findPerson(db, actor, id)) ?? notFound();
  return { actor, person, resets: await listResetsOf(db, actor, id) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await load(props)).person.name };
}

export default async function PersonPage(props: Props) {
  const { actor, person, resets } = await load(props);
  const { done } = only(await props.searchParams);
  const said = done && doneInWords[done];
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <BackLink href="/admin/users">Users</BackLink>
      <PageHeader title={person.name} />
      {said && <News title={said} parameter="done" />}
      <Section title="Account">
        <PersonFacts person={person} now={new Date().toISOString()} />
      </Section>
      <Section title="Manage">
        {person.id === actor.userId ? (
          <p className="text-sm text-muted">
            This is your own account. Another portal administrator can disable it or change its role.
          </p>
        ) : (
          <PersonControls person={person} actions={actions} />
        )}
      </Section>
      {person.id !== actor.userId && (
        <ResetPanel person={person} resets={resets} make={makeResetAction} revoke={revokeResetAction} />
      )}
    </div>
  );
}
