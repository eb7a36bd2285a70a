import type { ReactNode } from "react";
import { EndpointHeader } from "@/components/endpoints/endpoint-header";
import { findActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { requestDeliveryAction } from "@/lib/deliveries/actions";
import { activateEndpointAction, pauseEndpointAction } from "@/lib/endpoints/actions";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { requestRunAction } from "@/lib/runs/actions";
import { findStops } from "@/lib/runs/holdings";

type Props = { endpoint: EndpointSummary; children: ReactNode };

/** A tab of a source or destination: the header, the same on all tabs, and the tab's content below. */
export async function EndpointFrame({ endpoint, children }: Props) {
  const pauseStops = await readPauseStops(endpoint);
  return (
    <div className="flex flex-col gap-6">
      <EndpointHeader
        endpoint={endpoint}
        run={requestRunAction}
        deliver={requestDeliveryAction}
        pause={pauseEndpointAction}
        activate={activateEndpointAction}
        pauseStops={pauseStops}
      />
      {children}
    </div>
  );
}

async function readPauseStops({ id, direction, role, paused }: EndpointSummary) {
  // Nothing follows a destination.
  if (direction === "destination" || paused || !mayOnEndpoint(role, "operate")) return null;
  const actor = await findActor();
  return actor && findStops(await database(), actor, id, "pause");
}
