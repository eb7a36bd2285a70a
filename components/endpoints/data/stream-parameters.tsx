import { cardStyle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Stream } from "@/lib/connectors/streams";
import { parameterField } from "@/lib/endpoints/choice-address";

type Props = {
  stream: Stream;
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
};

/** The choices of a stream's own, such as the state of pull requests. */
export function StreamParameters({ stream, values, errors }: Props) {
  if (stream.parameters.length === 0) return null;
  return (
    <section aria-labelledby="parameters-heading" className="flex flex-col gap-3">
      <h2 id="parameters-heading" className="text-lg font-semibold">
        {stream.label}
      </h2>
      {/* Keyed by the stream, so that no text of another stream's field stays. */}
      <div key={stream.id} className={cardStyle("grid gap-5 sm:grid-cols-2 lg:grid-cols-1")}>
        {stream.parameters.map(({ name, label, hint, choices, isRequired }) => {
          const field = parameterField(name);
          const error = errors[field];
          return choices ? (
            <Select
              key={name}
              name={field}
              label={label}
              hint={hint}
              error={error}
              defaultValue={values[name] ?? choices[0]?.value}
            >
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </Select>
          ) : (
            <Field
              key={name}
              name={field}
              label={label}
              hint={hint}
              error={error}
              optional={!isRequired}
              required={isRequired}
              defaultValue={values[name] ?? ""}
              autoComplete="off"
              spellCheck={false}
            />
          );
        })}
      </div>
    </section>
  );
}
