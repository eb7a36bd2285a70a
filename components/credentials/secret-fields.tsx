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
  /** True if the address is the first field of the page. */
  takesFocus: boolean;
};

/** The server's address and the two sign-in fields. */
export function SecretFields({ form, kind, takesFocus }: Props) {
  const [, setTakenOver] = useState(false);
  // React reads text typed before the scripts loaded, without an event; this renders the form once more with it.
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
        normalize={(baseUrl) => form.fillIn("baseUrl", baseUrl)}
        normalized={form.typed.baseUrlNormalized}
        takesFocus={takesFocus}
      />
      <UserOrKeyField bound={form.field("username")} text={username} reading={inUsername} />
      <div hidden={isFolded}>
        <Field
          {...password}
          // A hidden field is not sent; its text is kept and returns when the key is removed.
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
      {/* Screen readers announce only changes in a live region, so the region is there from the start. */}
      <p role="status" className="sr-only">
        {isFolded && "API key, recognised. No password is needed."}
        {!isFolded && inPassword.kind === "key" && "API key, recognised."}
      </p>
    </>
  );
}
