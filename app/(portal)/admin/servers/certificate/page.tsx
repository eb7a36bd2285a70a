import type { Metadata } from "next";
import { CertificateDesk } from "@/components/servers/certificate-desk";
import { FindCertificateForm } from "@/components/servers/find-server-form";
import { TrustList } from "@/components/servers/trust-list";
import { FlashMessage } from "@/components/ui/flash-message";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { endTrustAction, inspectCertificateAction, trustCertificateAction } from "@/lib/servers/actions";
import { listTrusts } from "@/lib/servers/queries";
import { certificatePath, serverSchema } from "@/lib/servers/schema";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = { searchParams: SearchParams<"server" | "done"> };

const doneWords: Record<string, string> = {
  trusted: "The certificate is trusted for this server from now on.",
  ended: "The certificate is no longer trusted for this server.",
};

export async function generateMetadata(): Promise<Metadata> {
  await requireAdministrator("/admin/servers");
  return { title: "Certificate of a server" };
}

export default async function CertificatePage({ searchParams }: Props) {
  const { server: typed, done } = only(await searchParams);
  const actor = await requireAdministrator(certificatePath(typed ?? ""));
  const server = serverSchema.safeParse(typed ?? "");
  const flash = done && Object.hasOwn(doneWords, done) ? doneWords[done] : undefined;
  const now = new Date().toISOString();
  return (
    <div className="flex flex-col gap-6">
      <BackLink href="/admin/servers">Servers</BackLink>
      {server.success ? (
        <>
          <PageHeader
            title={server.data.origin}
            lead="Whose certificates the portal accepts from this server. What is decided here holds for it alone."
          />
          {flash && <FlashMessage title={flash} parameter="done" />}
          <TrustList
            trusts={await listTrusts(await database(), actor, server.data.origin)}
            end={endTrustAction}
            now={now}
          />
          <CertificateDesk
            server={server.data.origin}
            inspect={inspectCertificateAction}
            trust={trustCertificateAction}
            now={now}
          />
        </>
      ) : (
        <>
          <PageHeader title="Certificate of a server" />
          <FindCertificateForm typed={typed} error={server.error.issues[0]?.message} />
        </>
      )}
    </div>
  );
}
