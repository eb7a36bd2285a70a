import type { ComponentProps } from "react";
import { endpointsCrumb } from "@/components/portal/crumbs";
import { NavLink } from "@/components/portal/nav-link";
import { BackLink, PageHeader, SectionTabs } from "@/components/ui/page-header";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { endpointPath, endpointTabs } from "@/lib/paths";
import { ManageEndpoint } from "./manage-endpoint";

/** The header of each tab of a source or destination: the same on all, so that nothing moves between tabs. */
export function EndpointHeader(manage: ComponentProps<typeof ManageEndpoint>) {
  const { direction, name, description } = manage.endpoint;
  const list = endpointsCrumb(direction);
  return (
    <>
      <BackLink href={list.href}>{list.name}</BackLink>
      <PageHeader
        title={name}
        lead={description && <span className="whitespace-pre-line">{description}</span>}
        action={<ManageEndpoint {...manage} />}
      />
      <EndpointTabs endpoint={manage.endpoint} />
    </>
  );
}

/** Tabs between the pages of one source or destination. */
function EndpointTabs({ endpoint: { direction, id } }: { endpoint: EndpointSummary }) {
  const tabs = endpointTabs(direction, id);
  return (
    <SectionTabs label={direction === "source" ? "Data source" : "Data destination"}>
      <NavLink href={endpointPath(direction, id)} isSection={false}>
        Overview
      </NavLink>
      <NavLink href={tabs.runs}>Runs</NavLink>
      {direction === "source" ? (
        <>
          <NavLink href={tabs.data}>Data</NavLink>
          <NavLink href={tabs.columns}>Columns</NavLink>
        </>
      ) : (
        <NavLink href={tabs.dryRun}>Dry run</NavLink>
      )}
      <NavLink href={tabs.history}>History</NavLink>
      <NavLink href={tabs.access}>Access</NavLink>
    </SectionTabs>
  );
}
