"use client";

import { ButtonLink } from "@/components/ui/buttons";
import { Field } from "@/components/ui/field";
import { FilterForm } from "@/components/ui/filter-form";
import { filterQueryOf } from "@/components/ui/filter-query";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CredentialFilter } from "@/lib/credentials/schema";
import { idleDays } from "@/lib/credentials/shown-status";
import { shownStatuses, type TileGroups } from "@/lib/credentials/types";
import { credentialsPath } from "@/lib/paths";
import { tagMaxLength } from "@/lib/text/name-limits";
import { ChoiceFilter } from "./choice-filter";

type Props = {
  filter: CredentialFilter;
  /** The user's teams through which they have access to a credential. */
  teams: TileGroups["teams"];
  /** The servers of the user's credentials; null if they are too many to choose from. */
  servers: TileGroups["servers"];
  /** The owners of the user's credentials, as `servers`. */
  owners: TileGroups["owners"];
  isFiltered: boolean;
  /** How many there are, in words. */
  found: string | null;
};

const statusNames: Readonly<Record<(typeof shownStatuses)[number], string>> = {
  verified: "Verified",
  unproven: "Unproven",
  rejected: "Rejected",
  locked: "Locked",
  restricted: "Restricted",
  suspended: "Suspended",
  "ends-soon": "Ends within 30 days",
  ended: "Ended",
  unreachable: "Server unreachable",
};

/** Filters the list: a plain form that puts the filter into the address. */
export function CredentialFilterForm({ filter, teams, servers, owners, isFiltered, found }: Props) {
  return (
    <FilterForm
      shown={filterQueryOf(Object.entries(filter))}
      found={found}
      isFoundBelow
      className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3 lg:grid-cols-6"
    >
      <Field
        label="Search"
        name="q"
        type="search"
        className="col-span-2 sm:col-span-3"
        maxLength={100}
        autoComplete="off"
        defaultValue={filter.q}
        placeholder="Name, tag, description or server"
      />
      <Select label="Status" name="status" defaultValue={filter.status ?? ""}>
        <option value="">Any</option>
        {shownStatuses.map((status) => (
          <option key={status} value={status}>
            {statusNames[status]}
          </option>
        ))}
      </Select>
      <Select label="Whose" name="whose" defaultValue={filter.whose ?? ""}>
        <option value="">All</option>
        <option value="mine">Mine</option>
        <option value="shared">Shared with me</option>
        {teams.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <ChoiceFilter
        label="Owner"
        name="owner"
        choices={owners}
        chosen={filter.owner}
        placeholder="Part of the name"
      />
      <ChoiceFilter
        label="Server"
        name="server"
        choices={servers}
        chosen={filter.server}
        placeholder="Part of its address"
      />
      {filter.tag !== null && (
        <Field label="Tag" name="tag" maxLength={tagMaxLength} autoComplete="off" defaultValue={filter.tag} />
      )}
      <Select label="Used" name="use" defaultValue={filter.use ?? ""}>
        <option value="">Any</option>
        <option value="unused">Not used</option>
        <option value="idle">{`Not for ${idleDays} days`}</option>
      </Select>
      <Select label="Sort by" name="sort" defaultValue={filter.sort ?? ""}>
        <option value="">Newest</option>
        <option value="name">Name</option>
        <option value="ending">Ending first</option>
      </Select>
      <div className="flex gap-2">
        <SubmitButton look="secondary">Show</SubmitButton>
        {isFiltered && (
          <ButtonLink href={credentialsPath} look="quiet">
            Clear
          </ButtonLink>
        )}
      </div>
    </FilterForm>
  );
}
