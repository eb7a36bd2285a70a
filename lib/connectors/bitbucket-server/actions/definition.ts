import type { Action, ActionField, FieldType, Problem, Values } from "@/lib/connectors/action";

type More = Partial<Omit<ActionField, "name" | "label" | "type">>;

/** Makes a field; what is left out has no limit. */
export function field(name: string, label: string, type: FieldType, more: More = {}): ActionField {
  return {
    name,
    label,
    type,
    hint: null,
    isRequired: false,
    choices: null,
    shortest: null,
    longest: null,
    least: null,
    most: null,
    pattern: null,
    isShortened: false,
    columns: [],
    ...more,
  };
}

/** Makes a required field. */
export function required(name: string, label: string, type: FieldType, more: More = {}): ActionField {
  return field(name, label, type, { ...more, isRequired: true });
}

type Given = Omit<Action, "since" | "danger" | "together"> &
  Partial<Pick<Action, "since" | "danger" | "together">> & {
    /** The fields that name what is written in order. */
    readonly target: readonly string[];
    /** Problems that fields alone do not show. */
    readonly refuse?: (values: Values) => readonly Problem[];
  };

/** An action with its rules. These are functions, which pages cannot hand to the browser, so they stand apart. */
export type ActionDefinition = {
  readonly action: Action;
  readonly target: readonly string[];
  readonly refuse: (values: Values) => readonly Problem[];
};

/** Makes an action; what is left out is none. */
export function defineAction({ target, refuse = () => [], ...given }: Given): ActionDefinition {
  return { action: { since: null, danger: null, together: null, ...given }, target, refuse };
}
