"use client";

import { useEffect, useState } from "react";
import type { ActionForm } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { NewSecretForm } from "@/lib/credentials/form-schema";
import { readApiKey } from "@/lib/text/api-key-shape";
import { BaseUrlField } from "./base-url-field";
import { RecognisedKey } from "./recognised-key";
import { UserOrKeyField } from "./user-or-key-field";

type Props = {
  form: ActionForm<unknown, unknown, keyof NewSecretForm>;
  kind: ConnectorKind;
  /** The address is the first field of its page. */
  takesFocus: boolean;
};

/** Where to sign in and how: the server's address and the two sign-in fields. */
export function SecretFields({ form, kind, takesFocus }: Props) {
  const [, setTakenOver] = useState(false);
  // The form reads what was typed before its script came as React takes its fields over, and tells nobody.
  useEffect(() => setTakenOver(true), []);
  const username = form.textOf("username");
  const inUsername = readApiKey(username);
  const isFolded = inUsername.kind === "key";
  const password = form.secret("password");
  const typedPassword = form.textOf("password");
  const inPassword = readApiKey(typedPassword);
  return (
    <>
      <BaseUrlField
        bound={form.field("baseUrl")}
        kind={kind}
        mend={(baseUrl) => form.fillIn("baseUrl", baseUrl)}
        normalized={form.typed.baseUrlNormalized}
        takesFocus={takesFocus}
      />
      <UserOrKeyField bound={form.field("username")} text={username} reading={inUsername} />
      <div hidden={isFolded}>
        <Field
          {...password}
          // What is folded away is not sent, and comes back as it was when the key goes.
          disabled={isFolded}
          label="Password"
          type="password"
          autoComplete="new-password"
          notice={
            (inPassword.kind === "key" || (inPassword.kind !== "none" && !password.error)) && (
              <RecognisedKey
                reading={inPassword}
                typed={typedPassword}
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
