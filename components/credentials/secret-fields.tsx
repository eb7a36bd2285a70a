"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { BaseUrlField } from "./base-url-field";

type Name = "baseUrl" | "username" | "password";

type Props = {
  registered: { [Of in Name]: UseFormRegisterReturn<Of> };
  errors: { [Of in Name]: string | undefined };
  /** Puts the mended address into its field. */
  mend: (baseUrl: string) => void;
  /** What stands in the fields from the start; of a secret the server gives nothing back. */
  typed: { baseUrl?: string; baseUrlMended?: string; username?: string };
};

/** Where to sign in and how: the server's address and the two sign-in fields. */
export function SecretFields({ registered, errors, mend, typed }: Props) {
  return (
    <>
      <BaseUrlField
        registered={registered.baseUrl}
        mend={mend}
        typed={typed.baseUrl}
        mended={typed.baseUrlMended}
        error={errors.baseUrl}
      />
      <Field
        {...registered.username}
        label="Username Or API Key"
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={typed.username}
        error={errors.username}
      />
      <Field
        {...registered.password}
        label="Password"
        type="password"
        autoComplete="new-password"
        error={errors.password}
        hint="The password of that user name. With an API key: the same key again, or nothing."
      />
    </>
  );
}
