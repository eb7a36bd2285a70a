"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useButtonForm } from "@/components/forms/use-button-form";
import { useDisplay } from "@/components/ui/display-context";
import type { FormAction } from "@/lib/action-result";
import { themes } from "@/lib/display/types";
import { RefusalNotice } from "./refusal-notice";

const looks = {
  system: { label: "System", icon: Monitor },
  light: { label: "Light", icon: Sun },
  dark: { label: "Dark", icon: Moon },
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
          const { label, icon: Icon } = looks[theme];
          return (
            <button
              key={theme}
              type="submit"
              name="theme"
              value={theme}
              aria-pressed={theme === chosen}
              className="inline-flex min-h-8 cursor-pointer items-center justify-center gap-1.5 rounded-md px-2 text-xs font-medium text-muted hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-rest aria-pressed:ring-1 aria-pressed:ring-line"
            >
              <Icon aria-hidden className="size-3.5" />
              {label}
            </button>
          );
        })}
      </fieldset>
      {error && <RefusalNotice error={error} />}
    </form>
  );
}
