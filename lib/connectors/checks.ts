import "server-only";
import { checkCredential } from "./bitbucket-server/check";
import { foundFor } from "./bitbucket-server/verified";
import type { ConnectorCheck } from "./connector";
import type { ConnectorKind } from "./kinds";

const checks: Readonly<Record<ConnectorKind, ConnectorCheck>> = {
  "bitbucket-server": { check: checkCredential, foundFor },
};

/** How credentials of a kind are checked. */
export function checkOf(kind: ConnectorKind): ConnectorCheck {
  return checks[kind];
}
