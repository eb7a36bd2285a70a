import type { Metadata } from "next";
import { SearchForm } from "@/components/portal/search-form";
import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { UserList } from "@/components/users/user-list";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { parseStart } from "@/lib/paging";
import { pagePaths } from "@/lib/paths";
import { foundInWords } from "@/lib/text/count-of";
import { searchSchema } from "@/lib/text/search";
import { only, type SearchParams } from "@/lib/text/search-param";
import { listUsers } from "@/lib/users/queries";

type Props = { searchParams: SearchParams<"q" | "after" | "before"> };

export async function generateMetadata(): Promise<Metadata> {
  // Checked here too: the title would reveal to other users what is at this address.
  await requireAdministrator("/admin/users");
  return { title: "Users" };
}

export default async function UsersPage({ searchParams }: Props) {
  const actor = await requireAdministrator("/admin/users");
  const { q, ...asked } = only(await searchParams);
  const text = searchSchema.parse(q);
  const page = await listUsers(await database(), actor, { text, start: parseStart(asked) });
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Users"
        lead="Everybody who has an account in this portal, newest first."
        action={<ButtonLink href="/admin/users/invitations">Invitations</ButtonLink>}
      />
      <SearchForm placeholder="Name or email" text={text} found={foundInWords(page, "user")} />
      {page.items.length === 0 ? (
        <EmptyState icon="user-search" title="Nobody is found">
          No name and no email contains “{text}”.
        </EmptyState>
      ) : (
        <UserList
          users={page.items}
          pages={pagePaths("/admin/users", page, { q: text })}
          now={new Date().toISOString()}
        />
      )}
    </div>
  );
}
