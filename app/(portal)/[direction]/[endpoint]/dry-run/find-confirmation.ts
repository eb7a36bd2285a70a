import { isActive } from "@/components/runs/run-looks";
import type { Actor } from "@/lib/actor";
import { findAction } from "@/lib/connectors/action-catalogues";
import type { Db } from "@/lib/db/types";
import { countDeliveries } from "@/lib/deliveries/queries";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { EndpointSummary } from "@/lib/endpoints/types";
import type { RunDetails } from "@/lib/runs/types";

/** What there is to confirm after a dry run; null unless the action cannot be taken back and this user may run it. */
export async function findConfirmation(db: Db, actor: Actor, destination: EndpointSummary, run: RunDetails) {
  const { connector, writing, role, paused } = destination;
  const action = writing && findAction(connector, writing.action);
  if (!action?.danger || !writing?.allows.includes(action.danger)) return null;
  if (isActive(run.state) || paused || !mayOnEndpoint(role, "operate")) return null;
  const of = { endpointId: destination.id, runId: run.id };
  const count = await countDeliveries(db, actor, of, ["would-send"]);
  return count === 0 ? null : { of, label: action.label, count };
}
