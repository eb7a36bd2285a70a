import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RefreshWhileActive } from "@/components/runs/refresh-while-active";
import { RunCard } from "@/components/runs/run-card";
import { isActive } from "@/components/runs/run-looks";
import { database } from "@/lib/db/client";
import { runPath } from "@/lib/paths";
import { cancelRunAction } from "@/lib/runs/actions";
import { findRun } from "@/lib/runs/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import { EndpointFrame } from "../../endpoint-frame";
import { readEndpoint } from "../../read-endpoint";
import { RunResults } from "../../run-results";
import { RunParts } from "./run-parts";

type Props = {
  params: Promise<{ direction: string; endpoint: string; run: string }>;
  searchParams: SearchParams<"parts" | "result" | "key" | "after" | "before">;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id, run } = await params;
  return {
    title: `Run of ${(await readEndpoint(direction, id, `/runs/${encodeURIComponent(run)}`)).endpoint.name}`,
  };
}

export default async function RunPage({ params, searchParams }: Props) {
  const { direction, endpoint: id, run: runId } = await params;
  const given = only(await searchParams);
  const { actor, endpoint } = await readEndpoint(direction, id, `/runs/${encodeURIComponent(runId)}`);
  const run = (await findRun(await database(), actor, endpoint.id, runId)) ?? notFound();
  return (
    <EndpointFrame endpoint={endpoint}>
      <RunCard run={run} cancel={cancelRunAction} />
      {run.kind === "read" ? (
        <RunParts actor={actor} source={endpoint} run={run} given={given} />
      ) : (
        <RunResults
          actor={actor}
          destination={endpoint}
          run={run}
          path={runPath("destination", endpoint.id, run.id)}
          given={given}
        />
      )}
      {isActive(run.state) && <RefreshWhileActive />}
    </EndpointFrame>
  );
}
