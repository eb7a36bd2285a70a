import "server-only";
import { actionCatalogueOf } from "@/lib/connectors/action-catalogues";
import { senderOf } from "@/lib/connectors/action-senders";
import { openDestination } from "@/lib/connectors/destinations";

/** How the engine writes: the connectors' own, or a test's. */
export type Writing = {
  readonly catalogueOf: typeof actionCatalogueOf;
  readonly senderOf: typeof senderOf;
  readonly openDestination: typeof openDestination;
};

/** The connectors' own way to write. */
export const connectors: Writing = { catalogueOf: actionCatalogueOf, senderOf, openDestination };
