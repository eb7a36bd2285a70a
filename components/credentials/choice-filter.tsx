import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { ListChoice } from "@/lib/credentials/types";

/**
 * The servers or owners to choose from, by their values in the address; with what the address says, if it is none of
 * them.
 */
export function optionsOf(
  choices: readonly ListChoice[],
  chosen: string | null,
): Readonly<Record<string, string>> {
  const options = Object.fromEntries(choices.map(({ id, name }) => [id, name.replace(/^https:\/\//, "")]));
  return chosen === null || chosen in options ? options : { ...options, [chosen]: chosen };
}

type Props = {
  label: string;
  /** The parameter in the address. */
  name: string;
  /** Null if they are too many to choose from. */
  choices: readonly ListChoice[] | null;
  /** What the address says: an id, or a part of a name. */
  chosen: string | null;
  /** What to type if they are too many. */
  placeholder: string;
};

/** A choice of servers or owners; of too many, a part of the name. */
export function ChoiceFilter({ label, name, choices, chosen, placeholder }: Props) {
  if (choices === null) {
    return (
      <Field
        {...{ label, name, placeholder }}
        maxLength={100}
        autoComplete="off"
        defaultValue={chosen ?? ""}
      />
    );
  }
  return (
    <Select {...{ label, name }} defaultValue={chosen ?? ""}>
      <option value="">All</option>
      {Object.entries(optionsOf(choices, chosen)).map(([id, text]) => (
        <option key={id} value={id}>
          {text}
        </option>
      ))}
    </Select>
  );
}
