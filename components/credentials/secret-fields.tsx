"use client";

import { useEffect, useState } from "react";
import { useFormContext } from "react-hook-form";
import { Field } from "@/components/ui/field";
import type { NewSecretForm } from "@/lib/credentials/schema";
import type { FieldErrors } from "@/lib/errors";
import { readApiKey } from "@/lib/text/api-key-shape";
import { BaseUrlField } from "./base-url-field";
import { RecognisedKey } from "./recognised-key";
import { foldsPassword } from "./secret-resolver";
import { UserOrKeyField } from "./user-or-key-field";

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
  const { username, password } = useTypedSignIn();
  const isFolded = foldsPassword(username);
  const inPassword = readApiKey(password);
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
      <UserOrKeyField
        registered={register("username")}
        typed={typed.username}
        error={errorOf("username")}
        text={username}
        reading={readApiKey(username)}
      />
      <div hidden={isFolded}>
        <Field
          {...register("password")}
          // What is folded away is not sent, and comes back as it was when the key goes.
          disabled={isFolded}
          label="Password"
          type="password"
          autoComplete="new-password"
          error={errorOf("password")}
          notice={
            (inPassword.kind === "key" || (inPassword.kind !== "none" && !errorOf("password"))) && (
              <RecognisedKey
                reading={inPassword}
                typed={password}
                therefore="It is sent as a key, not as a password."
              />
            )
          }
          hint="The password of that user name. With an API key: the same key again, or nothing."
        />
      </div>
      {/* Only what changes in a live region is read out, so it stands here from the start. */}
      <p role="status" className="sr-only">
        {isFolded && "API key, recognised. No password is needed."}
        {!isFolded && inPassword.kind === "key" && "API key, recognised."}
      </p>
    </>
  );
}

/** What stands in the two sign-in fields now, also where it was typed before the page's script came. */
function useTypedSignIn(): { username: string; password: string } {
  const { watch, getValues } = useFormContext<NewSecretForm>();
  const [, setTakenOver] = useState(false);
  // The form reads its fields when React takes them over, and tells nobody.
  useEffect(() => setTakenOver(true), []);
  watch(["username", "password"]);
  const { username = "", password = "" } = getValues();
  return { username, password };
}
