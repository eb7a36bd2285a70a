"use client";

import { useState } from "react";
import type { FieldBinding } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import type { KeyReading } from "@/lib/text/api-key-shape";
import { RecognisedKey } from "./recognised-key";

type Props = {
  /** After a refusal the field never starts with a key. */
  bound: FieldBinding;
  /** The text now in the field, and whether it holds a key. */
  text: string;
  reading: KeyReading;
};

/** The first sign-in field: a user name in clear text, or an API key, masked as soon as it is recognised. */
export function UserOrKeyField({ bound, text, reading }: Props) {
  const [isShown, setShown] = useState(false);
  const isSecret = reading.kind !== "none";
  const icon = isShown ? "eye-off" : "eye";
  return (
    <Field
      {...bound}
      label="Username Or API Key"
      type={isSecret && !isShown ? "password" : "text"}
      required
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      notice={
        (reading.kind === "key" || (isSecret && !bound.error)) && (
          <RecognisedKey reading={reading} typed={text} therefore="No password is needed." />
        )
      }
      inside={
        isSecret && (
          <button
            type="button"
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
            className="flex min-h-8 cursor-pointer items-center gap-1.5 rounded-md px-2 text-xs font-medium text-muted hover:bg-sunken hover:text-ink"
          >
            <Icon name={icon} className="size-4" />
            Show key
          </button>
        )
      }
    />
  );
}
