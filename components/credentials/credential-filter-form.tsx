import { ButtonLink } from "@/components/ui/buttons";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CredentialFilter } from "@/lib/credentials/schema";
import { shownStatuses, type TileGroups } from "@/lib/credentials/types";
import { credentialsPath } from "@/lib/paths";

type Props = {
  filter: CredentialFilter;
  /** The user's teams through which they have access to a credential. */
  teams: TileGroups["teams"];
  isFiltered: boolean;
};

/** Filters the list: a plain form that puts the filter into the address. */
export function CredentialFilterForm({ filter, teams, isFiltered }: Props) {
  return (
    <search>
      <form
        action={credentialsPath}
        method="get"
        className="grid grid-cols-2 items-end gap-4 lg:grid-cols-[minmax(0,1fr)_11rem_11rem_auto]"
      >
        <Field
          label="Search"
          name="q"
          type="search"
          className="col-span-2 lg:col-span-1"
          maxLength={100}
          autoComplete="off"
          defaultValue={filter.q}
          placeholder="Name, description or server"
        />
        <Select label="Status" name="status" defaultValue={filter.status ?? ""}>
          <option value="">Any</option>
          {shownStatuses.map((status) => (
            <option key={status} value={status}>
              {status}
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
        <div className="col-span-2 flex gap-2 lg:col-span-1">
          <SubmitButton look="secondary">Show</SubmitButton>
          {isFiltered && (
            <ButtonLink href={credentialsPath} look="quiet">
              Clear
            </ButtonLink>
          )}
        </div>
      </form>
    </search>
  );
}
