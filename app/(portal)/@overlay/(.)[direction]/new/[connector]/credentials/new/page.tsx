import type { Metadata } from "next";
import { AddCredentialForm } from "@/components/credentials/add-credential-form";
import { RouteOverlay } from "@/components/ui/route-overlay";
import { requireActor } from "@/lib/auth/require-actor";
import { addCredentialAction } from "@/lib/credentials/actions";
import { wizardPaths } from "@/lib/paths";
import { wizardOf } from "../../../../../../[direction]/new/wizard-of";

export const metadata: Metadata = { title: "Add New Credential" };

type Props = { params: Promise<{ direction: string; connector: string }> };

/** The Add New Credential form as an overlay over the Authenticate screen. */
export default async function AddCredentialOverlayPage({ params }: Props) {
  const { direction, connector } = wizardOf(await params);
  const path = wizardPaths(direction, connector.slug).addCredential;
  await requireActor(path);
  return (
    <RouteOverlay path={path} title="Add New Credential" lead={connector.name} width="max-w-4xl" keepsTyped>
      <AddCredentialForm action={addCredentialAction} wizard={{ direction, connector: connector.slug }} />
    </RouteOverlay>
  );
}
