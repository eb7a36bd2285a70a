import type { Metadata } from "next";
import { EventFilterForm } from "@/components/audit/event-filter-form";
import { EventList } from "@/components/audit/event-list";
import { ExportLinks } from "@/components/audit/export-links";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { parseEventStart } from "@/lib/audit/cursor";
import { type filterNames, isNarrowing, parseFilter, searchOf } from "@/lib/audit/filter";
import { listEvents } from "@/lib/audit/queries";
import { requireAdministrator } from "@/lib/auth/require-administrator";
import { database } from "@/lib/db/client";
import { only, type SearchParams } from "@/lib/text/search-param";

const path = "/admin/audit";

type Props = { searchParams: SearchParams<(typeof filterNames)[number] | "after" | "before"> };

export async function generateMetadata(): Promise<Metadata> {
  // Checked here too: the title would reveal to other users what is at this address.
  await requireAdministrator(path);
  return { title: "Audit log" };
}

export default async function AuditPage({ searchParams }: Props) {
  const { after, before, ...given } = only(await searchParams);
  const filter = parseFilter(given);
  const actor = await requireAdministrator(`${path}${searchOf(filter)}`);
  const start = parseEventStart({ after, before });
  const { items, ...page } = await listEvents(await database(), actor, filter, start);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Audit log"
        lead="Who did what, when and from where. Nothing in it can be changed or removed."
        action={<ExportLinks path={path} search={searchOf(filter)} />}
      />
      <EventFilterForm path={path} filter={filter} />
      {items.length === 0 ? (
        <NoEvents isNarrowed={isNarrowing(filter)} />
      ) : (
        <EventList
          events={items}
          now={new Date().toISOString()}
          paths={{
            newer: page.previous && `${path}${searchOf(filter, { before: page.previous })}`,
            older: page.next && `${path}${searchOf(filter, { after: page.next })}`,
          }}
          narrowTo={(name, id) => `${path}${searchOf(filter, { [name]: id })}`}
        />
      )}
    </div>
  );
}

function NoEvents({ isNarrowed }: { isNarrowed: boolean }) {
  if (!isNarrowed) {
    return (
      <EmptyState icon="scroll-text" title="Nothing has happened yet">
        Every change and every use is written here as it happens.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="search-x" title="No event matches">
      People and things are found by their names of today, or by their ids. Widen the time span, or clear the
      filter.
    </EmptyState>
  );
}
