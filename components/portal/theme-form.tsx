"use client";

import { useButtonForm } from "@/components/forms/use-button-form";
import { useDisplay } from "@/components/ui/display-context";
import { Icon } from "@/components/ui/icon";
import type { FormAction } from "@/lib/action-result";
import { themes } from "@/lib/display/types";
import { RefusalNotice } from "./refusal-notice";

const looks = {
  system: { label: "System", icon: "monitor" },
  light: { label: "Light", icon: "sun" },
  dark: { label: "Dark", icon: "moon" },
} as const;

/** Chooses the colours: one press each, and without script as well. */
export function ThemeForm({ action }: { action: FormAction<null> }) {
  const { theme: chosen } = useDisplay();
  const { error, formProps } = useButtonForm(action);
  return (
    <form {...formProps}>
      <fieldset className="grid grid-cols-3 gap-1 rounded-lg bg-sunken p-1">
        <legend className="sr-only">Theme</legend>
        {themes.map((theme) => {
          const { label, icon } = looks[theme];
          return (
            <button
              key={theme}
              type="submit"
              name="theme"
              value={theme}
              aria-pressed={theme === chosen}
              className="inline-flex min-h-8 cursor-pointer items-center justify-center gap-1.5 rounded-md px-2 text-xs font-medium text-muted hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-rest aria-pressed:ring-1 aria-pressed:ring-line"
            >
              <Icon name={icon} className="size-3.5" />
              {label}
            </button>
          );
        })}
      </fieldset>
      {error && <RefusalNotice error={error} />}
    </form>
  );
}
