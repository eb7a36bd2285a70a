import { EndsCalendar } from "@/components/overview/ends-calendar";
import { FirstSteps } from "@/components/overview/first-steps";
import { NeedsYou } from "@/components/overview/needs-you";
import { RecentRuns } from "@/components/overview/recent-runs";
import { StartChoices } from "@/components/portal/start-choices";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { activateEndpointAction } from "@/lib/endpoints/actions";
import { dismissSharedAction, openSharedAction } from "@/lib/overview/actions";
import { endingsOf, needsOf } from "@/lib/overview/needs";
import { listToldCredentials, mostEnds, readFirstSteps } from "@/lib/overview/queries";
import { listRequests } from "@/lib/overview/requests";
import { listRunsToTell } from "@/lib/runs/latest";
import { only, type SearchParams } from "@/lib/text/search-param";
import { countNeeds } from "./count-needs";

type Props = { searchParams: SearchParams<"needs"> };

const shown = { first: 10, all: 50 } as const;

export default async function StartPage({ searchParams }: Props) {
  const actor = await requireActor("/");
  const db = await database();
  const most = only(await searchParams).needs === "all" ? shown.all : shown.first;
  // One more than is shown of each kind tells whether there is a rest.
  const [credentials, runs, requests, counts, steps] = await Promise.all([
    listToldCredentials(db, actor, most + 1),
    listRunsToTell(db, actor, most + 1),
    listRequests(db, actor, most + 1),
    countNeeds(actor),
    readFirstSteps(db, actor),
  ]);
  const now = new Date().toISOString();
  const needs = needsOf({ credentials, runs: runs.toTend, requests }, now);
  const endings = endingsOf({ credentials, requests }, now);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={`Hello, ${actor.name}`}
        lead="Where should the data come from, or where should it go?"
      />
      <StartChoices />
      <FirstSteps done={steps} />
      <NeedsYou
        needs={needs.slice(0, most)}
        restHref={needs.length > most && most === shown.first ? "/?needs=all" : null}
        counts={counts}
        actions={{
          activate: activateEndpointAction,
          openShared: openSharedAction,
          dismissShared: dismissSharedAction,
        }}
        now={now}
      />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <EndsCalendar endings={endings} hasMore={endings.length >= mostEnds} now={now} />
        <RecentRuns runs={runs.recent} now={now} />
      </div>
    </div>
  );
}
