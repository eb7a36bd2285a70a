import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeleteCredentialForm } from "@/components/credentials/delete-credential-form";
import { UsesNotice } from "@/components/endpoints/uses-notice";
import { credentialsCrumb } from "@/components/portal/crumbs";
import { NotYoursToChange } from "@/components/portal/no-access";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { deleteCredentialAction } from "@/lib/credentials/deletion/actions";
import { mayOnCredential } from "@/lib/credentials/policy";
import { findChangeable } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";
import { getCredentialUses } from "@/lib/endpoints/queries";
import { credentialPath, credentialPaths } from "@/lib/paths";

export const metadata: Metadata = { title: "Delete credential" };

type Props = { params: Promise<{ credential: string }> };

/** Asks for confirmation and names what will be deleted. */
export default async function DeleteCredentialPage({ params }: Props) {
  const { credential: id } = await params;
  const actor = await requireActor(credentialPaths(id).delete);
  const db = await database();
  const credential = (await findChangeable(db, actor, id)) ?? notFound();
  const { name, role, baseUrl } = credential;
  const may = mayOnCredential(role, "delete");
  const uses = may ? await getCredentialUses(db, actor, id) : null;
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <BackLink href={credentialPath(id)} within={[credentialsCrumb]}>
        {name}
      </BackLink>
      <PageHeader title={`Delete “${name}”?`} lead={`The credential for ${baseUrl}.`} />
      {uses === null ? (
        <NotYoursToChange what="credential" />
      ) : uses.total > 0 ? (
        <UsesNotice title="It is in use, so it cannot be deleted" uses={uses} isAnswer={false} />
      ) : (
        <>
          <p>
            Its secret, its checks and everybody's access to it go for good. The audit log keeps that it was
            there. On the server itself nothing changes: an API key stays valid there until it is revoked.
          </p>
          {uses.stopped > 0 && (
            <p>
              {uses.stopped === 1
                ? "One source or destination still names it, whose owner may no longer use it. It"
                : `${uses.stopped} sources and destinations still name it, whose owners may no longer use it. They`}{" "}
              stopped then, and will say that the credential was deleted.
            </p>
          )}
          <DeleteCredentialForm action={deleteCredentialAction} credentialId={id} />
        </>
      )}
    </div>
  );
}
