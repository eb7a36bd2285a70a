"use client";

import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import type { NewSecretForm } from "@/lib/credentials/schema";
import type { FieldErrors } from "@/lib/errors";
import { BaseUrlField } from "./base-url-field";

type Props = {
  /** What stands in the fields from the start; of a secret the server gives nothing back. */
  typed: Readonly<Record<string, string>>;
  /** What the server complained of. */
  refused: FieldErrors;
  /** The address is the first field of its page. */
  takesFocus: boolean;
};

/** Where to sign in and how: the server's address and the two sign-in fields, of the form around. */
export function SecretFields({ typed, refused, takesFocus }: Props) {
  const { register, setValue, formState } = useFormContext<NewSecretForm>();
  const errorOf = (name: "baseUrl" | "username" | "password") =>
    formState.errors[name]?.message ?? refused[name];
  return (
    <>
      <BaseUrlField
        registered={register("baseUrl")}
        mend={(baseUrl) => setValue("baseUrl", baseUrl)}
        typed={typed.baseUrl}
        mended={typed.baseUrlMended}
        error={errorOf("baseUrl")}
        takesFocus={takesFocus}
      />
      <Field
        {...register("username")}
        label="Username Or API Key"
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={typed.username}
        error={errorOf("username")}
      />
      <Field
        {...register("password")}
        label="Password"
        type="password"
        autoComplete="new-password"
        error={errorOf("password")}
        hint="The password of that user name. With an API key: the same key again, or nothing."
      />
    </>
  );
}
