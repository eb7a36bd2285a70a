import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ResetPanel } from "@/components/resets/reset-panel";
import { Section } from "@/components/ui/card";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { UserControls } from "@/components/users/user-controls";
import { UserDetails } from "@/components/users/user-details";
import { UserFlash } from "@/components/users/user-flash";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { makeResetAction, revokeResetAction } from "@/lib/password-resets/actions";
import { listResetsOf } from "@/lib/password-resets/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import {
  changeRoleAction,
  disableUserAction,
  enableUserAction,
  signOutEverywhereAction,
  undoDisableAction,
} from "@/lib/users/actions";
import { findDisableStops, findUser } from "@/lib/users/queries";

type Props = { params: Promise<{ user: string }>; searchParams: SearchParams<"done"> };

const actions = {
  disable: disableUserAction,
  enable: enableUserAction,
  changeRole: changeRoleAction,
  signOutEverywhere: signOutEverywhereAction,
};

async function load({ params }: Props) {
  const { user: id } = await params;
  const actor = await requireAdministrator(`/admin/users/${id}`);
  const db = await database();
  const user = (await findUser(db, actor, id)) ?? notFound();
  return { actor, db, user };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await load(props)).user.name };
}

export default async function UserPage(props: Props) {
  const { actor, db, user } = await load(props);
  const { done } = only(await props.searchParams);
  const [stops, resets] = await Promise.all([
    findDisableStops(db, actor, user.id),
    listResetsOf(db, actor, user.id),
  ]);
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <BackLink href="/admin/users">Users</BackLink>
      <PageHeader title={user.name} />
      <UserFlash done={done} userId={user.id} undoDisable={undoDisableAction} />
      <Section title="Account">
        <UserDetails user={user} now={new Date().toISOString()} />
      </Section>
      <Section title="Manage">
        {user.id === actor.userId ? (
          <p className="text-sm text-muted">
            This is your own account. Another portal administrator can disable it or change its role.
          </p>
        ) : (
          <UserControls user={user} stops={stops} actions={actions} />
        )}
      </Section>
      {user.id !== actor.userId && (
        <ResetPanel user={user} resets={resets} make={makeResetAction} revoke={revokeResetAction} />
      )}
    </div>
  );
}
