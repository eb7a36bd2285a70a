"use client";

import { useActionForm } from "@/components/forms/use-action-form";
import { useButtonForm } from "@/components/forms/use-button-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Section } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/action-result";
import { authorityTextFormSchema } from "@/lib/servers/form-schema";
import type { Inspection } from "@/lib/servers/types";
import { AuthorityTextForm } from "./authority-text-form";
import { InspectionResult } from "./inspection-result";

type Props = {
  server: string;
  inspect: FormAction<Inspection>;
  trust: FormAction<unknown>;
  now: string;
};

/** Inspects a server's certificate, or takes its authority's, for a decision. Without script each step is a page. */
export function CertificateDesk({ server, inspect, trust, now }: Props) {
  const look = useButtonForm(inspect);
  const text = useActionForm(inspect, {
    schema: authorityTextFormSchema,
    start: { pem: "", file: undefined },
  });
  const decision = useButtonForm(trust);
  const result = (inspection: Inspection) => <InspectionResult {...{ server, inspection, now, decision }} />;
  return (
    <>
      {decision.error && <RefusalNotice error={decision.error} />}
      <Section title="What the server presents">
        <p className="text-sm text-muted">
          The portal greets the server and sends nothing: no credential, no request.
        </p>
        <form {...look.formProps} className="flex flex-col gap-4">
          <input type="hidden" name="server" value={server} />
          <input type="hidden" name="source" value="server" />
          {look.error && <RefusalNotice error={look.error} />}
          <SubmitButton pending={look.pending} pendingLabel="Looking…" className="self-start">
            Look at the certificate
          </SubmitButton>
        </form>
        {look.result?.ok && result(look.result.data)}
      </Section>
      <Section title="Your company's own authority">
        <AuthorityTextForm server={server} form={text} />
        {text.result?.ok && result(text.result.data)}
      </Section>
    </>
  );
}
