"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { useDisplay } from "@/components/ui/display-context";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { displaySchema } from "@/lib/display/schema";
import { dateLanguages } from "@/lib/display/types";

type Props = {
  action: FormAction<unknown>;
  /** The names of all time zones. */
  zones: readonly string[];
  /** Each language's way to write the same day. */
  examples: Readonly<Record<string, string>>;
};

const options = {
  theme: { system: "As this device is set", light: "Light", dark: "Dark" },
  density: { normal: "Normal", dense: "Dense: more on a screen" },
  times: { relative: "In words, “3 hours ago”; exact on hover", exact: "Exact" },
} as const;

/** How this browser shows the portal. */
export function DisplayForm({ action, zones, examples }: Props) {
  const { zone, ...chosen } = useDisplay();
  const { wholeError, pending, field, formProps } = useActionForm(action, {
    schema: displaySchema,
    start: { ...chosen, zone: zone ?? "" },
  });
  return (
    <form {...formProps} className="flex flex-col gap-5">
      {wholeError && <RefusalNotice error={wholeError} />}
      <Select {...field("theme")} label="Theme">
        <Options of={options.theme} />
      </Select>
      <Select {...field("density")} label="Density">
        <Options of={options.density} />
      </Select>
      <Select {...field("times")} label="Times">
        <Options of={options.times} />
      </Select>
      <Select {...field("zone")} label="Time zone">
        <option value="">This browser’s own</option>
        {zones.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      <Select {...field("dates")} label="Language of dates" hint="The rest of the portal is in English.">
        {Object.entries(dateLanguages).map(([tag, name]) => (
          <option key={tag} value={tag}>
            {name}: {examples[tag]}
          </option>
        ))}
      </Select>
      <SubmitButton pending={pending} pendingLabel="Saving…" className="self-start">
        Save display
      </SubmitButton>
    </form>
  );
}

function Options({ of }: { of: Readonly<Record<string, string>> }) {
  return Object.entries(of).map(([value, label]) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
