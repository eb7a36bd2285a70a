import { cardStyle } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import type { Action } from "@/lib/connectors/action";
import type { DestinationStep, ShownInput } from "@/lib/destinations/types";
import type { Danger } from "@/lib/mapping/types";
import { DangerSwitch } from "./danger-switch";
import { MappingField } from "./mapping-field";

type Props = { state: DestinationStep; action: Action; input: ShownInput };

/** Each field of the action with where its value comes from, the match key, and the switch of a dangerous action. */
export function MappingFields({ state, action, input }: Props) {
  const { choice, errors, keyOptions } = state;
  const isOn = (danger: Danger) => choice.allows.includes(danger);
  const key = keyOptions.find(({ value }) => value === choice.matchKey) ?? keyOptions[0];
  return (
    // Anew for each action and input: other suggestions replace what the browser would keep.
    <section key={state.madeFor} aria-labelledby="fields-heading" className="flex flex-col gap-3">
      <h2 id="fields-heading" className="scroll-mt-6 text-lg font-semibold">
        Fields
      </h2>
      <div className={cardStyle("flex min-w-0 flex-col divide-y divide-line py-0! sm:py-0!")}>
        {action.fields.map((field) => (
          <MappingField
            key={field.name}
            field={field}
            mapping={choice.mapping[field.name] ?? null}
            columns={input.columns}
            errors={errors}
          />
        ))}
        <div className="grid gap-x-6 gap-y-2 py-5 lg:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]">
          <p className="text-sm text-muted">
            What makes two sendings the same one. A record whose match key was sent before is not sent again;
            with other values it is updated where the server can.
          </p>
          <Select name="key" label="Match key" defaultValue={key?.value} error={errors.key}>
            {keyOptions.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </div>
        {action.danger && <DangerSwitch danger={action.danger} isOn={isOn(action.danger)} />}
      </div>
    </section>
  );
}
