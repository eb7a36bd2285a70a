import type { ReactNode } from "react";
import { RouteOverlay } from "@/components/ui/route-overlay";

/** The form over the Authenticate screen. */
export function AddCredentialOverlay({
  connectorName,
  children,
}: {
  connectorName: string;
  children: ReactNode;
}) {
  return (
    <RouteOverlay title="Add New Credential" lead={connectorName} width="max-w-4xl" keepsTyped>
      {children}
    </RouteOverlay>
  );
}
