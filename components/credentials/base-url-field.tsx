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
  normalize: (baseUrl: string) => void;
  /** What the server changed in the address after a refusal without script. */
  normalized: string | undefined;
  takesFocus: boolean;
};

/** The server's address. When the user leaves the field, the address is normalized and the changes are listed. */
export function BaseUrlField({ bound, kind, normalize, normalized, takesFocus }: Props) {
  const [notice, setNotice] = useState("");
  const [normalizedTo, setNormalizedTo] = useState<string | null>(null);

  function onBlur(event: FocusEvent<HTMLInputElement>): void {
    const typed = event.target.value;
    // The message about the changes stays when the user leaves the normalized address unchanged.
    if (typed !== normalizedTo) {
      const diagnosis = connectorOf(kind).normalizeBaseUrl(typed);
      setNotice(noticeOf(diagnosis));
      const normalizedTo = diagnosis.ok ? diagnosis.baseUrl.href : null;
      setNormalizedTo(normalizedTo);
      if (normalizedTo !== null && normalizedTo !== typed) normalize(normalizedTo);
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

// Only an API key is reported before Save, because it should leave the address as soon as possible.
function noticeOf(diagnosis: BaseUrlDiagnosis): string {
  if (diagnosis.ok) return changesInWords(diagnosis);
  return diagnosis.problem === "LOOKS_LIKE_API_KEY" ? diagnosis.message : "";
}
