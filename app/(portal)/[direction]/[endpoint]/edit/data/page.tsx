import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { endpointsCrumb } from "@/components/portal/crumbs";
import { NotYoursToChange } from "@/components/portal/no-access";
import { Notice } from "@/components/ui/notice";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { findCredentialTile } from "@/lib/credentials/queries";
import { database } from "@/lib/db/client";
import { addressOf } from "@/lib/endpoints/choice-address";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import { findEndpoint } from "@/lib/endpoints/queries";
import { directionOf, endpointPaths } from "@/lib/paths";
import { EditedStep } from "./edited-step";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const direction = directionOf((await params).direction) ?? notFound();
  return { title: titles[direction] };
}

const titles = { source: "Change what is read", destination: "Change what is written" };

/** The step Data for a source or destination that exists: the form it leads back to saves the choice. */
export default async function EditDataPage({ params, searchParams }: Props) {
  const { direction: segment, endpoint: id } = await params;
  const direction = directionOf(segment) ?? notFound();
  const paths = endpointPaths(direction, id);
  const address = addressOf(await searchParams);
  const actor = await requireActor(address.size > 0 ? `${paths.editData}?${address}` : paths.editData);
  const db = await database();
  const endpoint = (await findEndpoint(db, actor, direction, id)) ?? notFound();
  const credential = endpoint.credential && (await findCredentialTile(db, actor, endpoint.credential.id));
  const usable = credential && !credential.isSuspended ? credential : null;
  const mayEdit = mayOnEndpoint(endpoint.role, "edit");
  const step = {
    path: paths.editData,
    back: { href: paths.edit, label: "Cancel" },
    next: { path: paths.edit, label: "Next" },
  };
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={paths.edit} within={[endpointsCrumb(direction)]}>
        Edit data {direction}
      </BackLink>
      <PageHeader
        title={titles[direction]}
        lead={
          endpoint.settings
            ? "Reading something else starts a new data set. Nothing changes until you save."
            : "Nothing changes until you save."
        }
      />
      {!mayEdit && <NotYoursToChange what={`data ${direction}`} />}
      {mayEdit && !usable && (
        <Notice kind="warn" title={`You may not use the credential of this ${direction}`}>
          <p>
            {direction === "source"
              ? "The lists and the preview are read with it."
              : "It is written with it."}{" "}
            Choose another credential first, or have it shared with you.
          </p>
        </Notice>
      )}
      {mayEdit && usable && (
        <EditedStep actor={actor} endpoint={endpoint} credential={usable} address={address} step={step} />
      )}
    </div>
  );
}
