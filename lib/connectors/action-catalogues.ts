import type { Action, ActionCatalogue } from "./action";
import { actionCatalogue } from "./bitbucket-server/actions/all";
import { type ConnectorKind, connectorKinds } from "./kinds";

// Apart from the registry: the forms of credentials load that in the browser, and need no actions.
const catalogues: Readonly<Record<ConnectorKind, ActionCatalogue>> = {
  "bitbucket-server": actionCatalogue,
};

/** What can be written to a kind of system. */
export function actionCatalogueOf(kind: ConnectorKind): ActionCatalogue {
  return catalogues[kind];
}

/** The action of that id, or null. */
export function findAction(kind: ConnectorKind, id: string): Action | null {
  return actionCatalogueOf(kind).actions.find((action) => action.id === id) ?? null;
}

/** The label of an action of any kind; its id where no kind has it any more. */
export function actionLabel(id: string): string {
  for (const kind of connectorKinds) {
    const action = findAction(kind, id);
    if (action) return action.label;
  }
  return id;
}
