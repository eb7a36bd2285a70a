import type { Metadata } from "next";
import { ActionButton } from "@/components/portal/action-button";
import { PolicyForm } from "@/components/servers/policy-form";
import { PolicyBreaches, PolicyList } from "@/components/servers/policy-list";
import { Section } from "@/components/ui/card";
import { FlashMessage } from "@/components/ui/flash-message";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { serverSchema } from "@/lib/servers/schema";
import { removeServerPolicyAction, setSignInPolicyAction } from "@/lib/sign-in-policy/actions";
import { getSignInPolicy, listServerPolicies } from "@/lib/sign-in-policy/queries";
import { policyPath } from "@/lib/sign-in-policy/schema";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = { searchParams: SearchParams<"server" | "done"> };

const doneWords: Record<string, string> = {
  saved: "The policy counts from the next Save on.",
  removed: "The policy for all servers holds for this server again.",
};

export async function generateMetadata(): Promise<Metadata> {
  await requireAdministrator("/admin/servers");
  return { title: "Policy for sign-ins" };
}

export default async function PolicyPage({ searchParams }: Props) {
  const { server: typed, done } = only(await searchParams);
  const actor = await requireAdministrator(policyPath(typed ?? null));
  const read = typed === undefined ? null : serverSchema.safeParse(typed);
  const server = read?.success ? read.data.href : null;
  const flash = done && Object.hasOwn(doneWords, done) ? doneWords[done] : undefined;
  const db = await database();
  const above = server === null ? "/admin/servers" : policyPath(null);
  const policy = await getSignInPolicy(db, actor, server);
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={above}>{server === null ? "Servers" : "Policy for all servers"}</BackLink>
      <PageHeader
        title="Policy for sign-ins"
        lead="How users may sign in to servers. It counts for new credentials and new secrets: stored ones stay, and are warned of."
      />
      {flash && <FlashMessage title={flash} parameter="done" />}
      <PolicyBreaches count={policy.breaches} />
      <Section title={server ?? "All servers"}>
        {server !== null && (
          <p className="text-sm text-muted">
            {policy.version > 0
              ? "It takes the place of the policy for all servers. It holds for this address: another one of the same server needs its own."
              : "The policy for all servers holds here. What you save takes its place for this address."}
          </p>
        )}
        <PolicyForm
          key={policy.version}
          {...{ server, policy }}
          leaveTo={above}
          action={setSignInPolicyAction}
        />
        {server !== null && policy.version > 0 && (
          <ActionButton
            action={removeServerPolicyAction}
            fields={{ server, version: String(policy.version) }}
          >
            Use the policy for all servers
          </ActionButton>
        )}
      </Section>
      {server === null && (
        <PolicyList
          policies={await listServerPolicies(db, actor)}
          typed={typed}
          error={read?.success === false ? read.error.issues[0]?.message : undefined}
        />
      )}
    </div>
  );
}
