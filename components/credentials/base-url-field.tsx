"use client";

import { type FocusEvent, useState } from "react";
import type { FieldBinding } from "@/components/forms/use-action-form";
import { Field } from "@/components/ui/field";
import { type BaseUrlDiagnosis, changesInWords } from "@/lib/connectors/base-url-diagnosis";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";

type Props = {
  bound: FieldBinding;
  kind: ConnectorKind;
  /** Puts the normalized address into the field. */
  mend: (baseUrl: string) => void;
  /** What the server changed in the address after a refusal without script. */
  normalized: string | undefined;
  takesFocus: boolean;
};

/** The server's address; whatever was pasted is normalized when the user leaves the field, and what was changed is said. */
export function BaseUrlField({ bound, kind, mend, normalized, takesFocus }: Props) {
  const [notice, setNotice] = useState("");
  const [normalizedTo, setNormalizedTo] = useState<string | null>(null);

  function onBlur(event: FocusEvent<HTMLInputElement>): void {
    const typed = event.target.value;
    // Leaving the normalized address once more keeps what was said of it.
    if (typed !== normalizedTo) {
      const diagnosis = connectorOf(kind).normalizeBaseUrl(typed);
      setNotice(noticeOf(diagnosis));
      const normalizedTo = diagnosis.ok ? diagnosis.baseUrl.href : null;
      setNormalizedTo(normalizedTo);
      if (normalizedTo !== null && normalizedTo !== typed) mend(normalizedTo);
    }
    void bound.onBlur(event);
  }

  return (
    <Field
      {...bound}
      onBlur={onBlur}
      label={`Base URL for ${connectorOf(kind).name}`}
      required
      inputMode="url"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      placeholder="https://bitbucket.example.com"
      takesFocus={takesFocus}
      notice={notice === "" || notice === bound.error ? normalized : notice}
      hint="The whole address with https://, without a slash at the end."
    />
  );
}

// Of all that is wrong a key alone is said before Save: the sooner it is gone from here, the better.
function noticeOf(diagnosis: BaseUrlDiagnosis): string {
  if (diagnosis.ok) return changesInWords(diagnosis);
  return diagnosis.problem === "LOOKS_LIKE_API_KEY" ? diagnosis.message : "";
}
