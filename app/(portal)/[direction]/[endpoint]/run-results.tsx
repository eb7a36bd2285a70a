import { ResultSection } from "@/components/deliveries/result-section";
import { RetryThese } from "@/components/deliveries/retry-these";
import { isActive } from "@/components/runs/run-looks";
import type { Actor } from "@/lib/actor";
import { findAction } from "@/lib/connectors/action-catalogues";
import { database } from "@/lib/db/client";
import { retryDeliveriesAction } from "@/lib/deliveries/actions";
import { countResults, listDeliveries } from "@/lib/deliveries/queries";
import { parsePlace, parseView, type viewNames } from "@/lib/deliveries/view";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { EndpointSummary } from "@/lib/endpoints/types";
import type { RunDetails } from "@/lib/runs/types";

type Props = {
  actor: Actor;
  destination: EndpointSummary;
  run: RunDetails;
  /** The page that shows them, and the search part of its address. */
  path: string;
  given: Partial<Record<(typeof viewNames)[number], string>>;
};

/** The results of a destination's run, as its address narrows them down. */
export async function RunResults({ actor, destination, run, path, given }: Props) {
  const { id, role, paused } = destination;
  const db = await database();
  const of = { endpointId: id, runId: run.id };
  const view = parseView(given);
  const page = await listDeliveries(db, actor, of, view, parsePlace(given));
  const counts = await countResults(db, actor, of, view.key);
  const mayRetry = run.kind === "write" && !isActive(run.state) && !paused && mayOnEndpoint(role, "operate");
  return (
    <ResultSection
      path={path}
      run={run}
      view={view}
      page={page}
      counts={counts}
      labels={fieldLabels(destination)}
      keptFor={destination.keepDeliveriesDays}
      now={run.now}
      actions={mayRetry && <RetryThese action={retryDeliveriesAction} of={of} view={view} counts={counts} />}
    />
  );
}

/** The labels of the fields that a destination writes, by name. */
export function fieldLabels({ connector, writing }: EndpointSummary): ReadonlyMap<string, string> {
  const fields = writing ? (findAction(connector, writing.action)?.fields ?? []) : [];
  return new Map(fields.map(({ name, label }) => [name, label]));
}
