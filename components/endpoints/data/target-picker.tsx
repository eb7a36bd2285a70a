import { buttonStyle } from "@/components/ui/buttons";
import { cardStyle } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { Scope } from "@/lib/connectors/streams";
import { projectToken, repositoryToken } from "@/lib/endpoints/choice-address";
import type { ShownPick, Target } from "@/lib/endpoints/data-step-types";

type Props = { scope: Exclude<Scope, { kind: "everything" }>; pick: ShownPick | null };

/** The chosen projects or repositories, and a search for further ones. Checkboxes, so that it works without script. */
export function TargetPicker({ scope, pick }: Props) {
  const isProjects = scope.kind === "projects";
  const [one, many] = isProjects ? ["project", "projects"] : ["repository", "repositories"];
  const chosen = targetsIn(scope);
  const chosenIds = new Set(chosen.map(({ id }) => id));
  const found = pick?.found.ok ? pick.found : null;
  const fresh = found?.items.filter(({ id }) => !chosenIds.has(id)) ?? [];
  const name = one ?? "";
  return (
    <div className={cardStyle("flex flex-col gap-5")}>
      {chosen.length > 0 && <TargetList name={name} legend={`Chosen ${many}`} targets={chosen} isChecked />}
      <div className="flex flex-wrap items-end gap-3">
        <label className="flex min-w-0 grow flex-col gap-1.5 sm:max-w-md">
          <span className="text-sm font-medium">Search {many}</span>
          <input
            type="search"
            name="find"
            defaultValue={pick?.query ?? ""}
            placeholder="Name on the server"
            maxLength={100}
            autoComplete="off"
            className="min-h-10 w-full rounded-lg border border-line-strong/60 bg-surface px-3 py-2 text-ink shadow-rest placeholder:text-muted/80 hover:border-line-strong"
          />
        </label>
        <button type="submit" name="do" value="search" className={buttonStyle("secondary")}>
          <Icon name="search" className="size-4" />
          Search
        </button>
      </div>
      {pick && !pick.found.ok && (
        <Notice kind="bad" role="alert" title={pick.found.failure.title}>
          {pick.found.failure.cure}
        </Notice>
      )}
      {found && fresh.length > 0 && (
        <TargetList
          name={name}
          legend={pick?.query ? `Found ${many}` : `${cap(many)} on the server`}
          targets={fresh}
        />
      )}
      {found && fresh.length === 0 && (
        <p role="status" className="text-sm text-muted">
          {found.items.length > 0
            ? `All ${many} of this page are chosen.`
            : `The server found no ${one} ${pick?.query ? `named like “${pick.query}”` : "that this credential can read"}.`}
        </p>
      )}
      {found && (found.next !== null || pick?.isLater) && (
        <div className="flex flex-wrap gap-3">
          {pick?.isLater && (
            <button type="submit" name="do" value="search" className={buttonStyle("quiet")}>
              First ones
            </button>
          )}
          {found.next !== null && (
            <button type="submit" name="from" value={found.next} className={buttonStyle("secondary")}>
              More {many}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

type ListProps = {
  name: string;
  legend: string | undefined;
  targets: readonly Target[];
  isChecked?: boolean;
};

function TargetList({ name, legend, targets, isChecked = false }: ListProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">
        {legend}
        {isChecked && <span className="font-normal text-muted"> · clear one to remove it</span>}
      </legend>
      <ul className="grid max-h-96 gap-x-6 overflow-y-auto sm:grid-cols-2 lg:grid-cols-1">
        {targets.map(({ id, token, name: title, address }) => (
          <li key={id} className="min-w-0">
            <label className="flex min-h-9 cursor-pointer items-start gap-2.5 rounded-lg px-2 py-1.5 hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-accent">
              <input
                type="checkbox"
                name={name}
                value={token}
                defaultChecked={isChecked}
                className="mt-1 size-4 shrink-0 accent-accent outline-none"
              />
              <span className="min-w-0 break-words">
                <bdi>{title}</bdi> <span className="text-sm break-all text-muted">{address}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function targetsIn(scope: Props["scope"]): Target[] {
  return scope.kind === "projects"
    ? scope.projects.map((one) => ({
        id: one.id,
        token: projectToken(one),
        name: one.name,
        address: one.key,
      }))
    : scope.repositories.map((one) => ({
        id: one.id,
        token: repositoryToken(one),
        name: one.name,
        address: `${one.projectKey}/${one.slug}`,
      }));
}

function cap(text: string | undefined): string {
  return text ? text[0]?.toUpperCase() + text.slice(1) : "";
}
