import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import type { ActionField } from "@/lib/connectors/action";
import type { ShownInput } from "@/lib/destinations/types";
import { type ChosenMapping, mappingFields } from "@/lib/endpoints/writing-address";
import { limitsInWords } from "./limits-in-words";

type Props = {
  field: ActionField;
  mapping: ChosenMapping;
  columns: ShownInput["columns"];
  errors: Readonly<Record<string, string>>;
};

/**
 * One field of the action: where its value comes from, and the control for that. The controls of the other origins are
 * hidden by CSS alone, so they show and hide without script too.
 */
export function MappingField({ field, mapping, columns, errors }: Props) {
  const names = mappingFields(field.name);
  const limits = limitsInWords(field);
  const aboutId = `about-${field.name}`;
  return (
    <fieldset
      aria-describedby={field.hint || limits ? aboutId : undefined}
      className="group/field grid min-w-0 gap-x-6 gap-y-3 py-5 sm:grid-cols-[10rem_minmax(0,1fr)] lg:grid-cols-[minmax(0,15rem)_10rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr]"
    >
      {/* A legend that floats takes its place in the grid. */}
      <legend className="float-left font-medium sm:col-span-2 lg:col-span-1 lg:col-start-1">
        {field.label}
      </legend>
      <div
        id={aboutId}
        className="-mt-2 flex min-w-0 flex-col gap-0.5 text-sm break-words text-muted sm:col-span-2 lg:col-span-1 lg:col-start-1 lg:row-start-2"
      >
        {!field.isRequired && <span className="text-xs">optional</span>}
        {field.hint && <span>{field.hint}</span>}
        {limits && <span className="text-xs">{limits}</span>}
      </div>
      <div className="min-w-0 lg:col-start-2 lg:row-span-2 lg:row-start-1">
        <Select
          name={names.from}
          label="Value from"
          defaultValue={mapping?.from ?? "none"}
          error={errors[names.from]}
        >
          <option value="column" data-from="column">
            Column
          </option>
          <option value="constant" data-from="constant">
            Constant
          </option>
          <option value="text" data-from="text">
            Text
          </option>
          {!field.isRequired && <option value="none">Not sent</option>}
        </Select>
      </div>
      <div className="min-w-0 lg:col-start-3 lg:row-span-2 lg:row-start-1">
        <div className="hidden group-has-[[data-from=column]:checked]/field:block">
          <ColumnSelect
            name={names.column}
            chosen={mapping?.from === "column" ? mapping.column : ""}
            columns={columns}
            error={errors[names.column]}
          />
        </div>
        <div className="hidden group-has-[[data-from=constant]:checked]/field:block">
          <ConstantControl
            field={field}
            name={names.constant}
            value={mapping?.from === "constant" ? mapping.value : ""}
            error={errors[names.constant]}
          />
        </div>
        <div className="hidden group-has-[[data-from=text]:checked]/field:block">
          <TextArea
            name={names.text}
            label="Text"
            rows={field.type === "lines" || field.type === "json" ? 4 : 2}
            defaultValue={mapping?.from === "text" ? mapping.text : ""}
            error={errors[names.text]}
            hint={`A column's value stands where its name does, such as {{${columns[0]?.name ?? "name"}}}.`}
            autoComplete="off"
            spellCheck={field.type === "lines"}
          />
        </div>
      </div>
    </fieldset>
  );
}

type ColumnProps = {
  name: string;
  chosen: string;
  columns: Props["columns"];
  error: string | undefined;
};

function ColumnSelect({ name, chosen, columns, error }: ColumnProps) {
  const isGone = chosen !== "" && !columns.some((column) => column.name === chosen);
  return (
    <Select name={name} label="Column" defaultValue={chosen} error={error}>
      <option value="">Choose a column</option>
      {isGone && <option value={chosen}>{chosen} (not there)</option>}
      {columns.map((column) => (
        <option key={column.name} value={column.name}>
          {column.name} ({column.type}){column.sample && `: ${column.sample}`}
        </option>
      ))}
    </Select>
  );
}

type ConstantProps = { field: ActionField; name: string; value: string; error: string | undefined };

function ConstantControl({ field, name, value, error }: ConstantProps) {
  const choices = field.type === "bool" ? ["true", "false"] : field.choices;
  if (!choices) {
    return (
      <Field
        name={name}
        label="Constant"
        defaultValue={value}
        error={error}
        inputMode={field.type === "int" ? "numeric" : undefined}
        autoComplete="off"
        spellCheck={false}
      />
    );
  }
  const isUnknown = value !== "" && !choices.includes(value);
  return (
    <Select name={name} label="Constant" defaultValue={value} error={error}>
      <option value="">Choose a value</option>
      {isUnknown && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </Select>
  );
}
