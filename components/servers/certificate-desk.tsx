"use client";

import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Section } from "@/components/ui/section";
import { SubmitButton } from "@/components/ui/submit-button";
import { useKeptForm } from "@/components/ui/use-kept-form";
import type { FormAction } from "@/lib/action-result";
import type { Inspection } from "@/lib/servers/types";
import { AuthorityTextForm } from "./authority-text-form";
import { InspectionResult } from "./inspection-result";

type Props = {
  server: string;
  inspect: FormAction<Inspection>;
  trust: FormAction<unknown>;
  now: string;
};

/** Look at what a server presents, or bring its authority, and decide. Without script each answer is a page. */
export function CertificateDesk({ server, inspect, trust, now }: Props) {
  const look = useKeptForm(inspect);
  const text = useKeptForm(inspect);
  const decision = useKeptForm(trust);
  const lookRefusal = look.result?.ok === false ? look.result.error : null;
  const decisionRefusal = decision.result?.ok === false ? decision.result.error : null;
  // Many forms share the decision, so it has no first field to send the focus to.
  const { ref: _ref, ...form } = decision.formProps;
  const result = (inspection: Inspection) => (
    <InspectionResult {...{ server, inspection, form, now }} pending={decision.pending} />
  );
  return (
    <>
      {decisionRefusal && <RefusalNotice error={decisionRefusal} />}
      <Section title="What the server presents">
        <p className="text-sm text-muted">
          The portal greets the server and sends nothing: no credential, no request.
        </p>
        <form {...look.formProps} className="flex flex-col gap-4">
          <input type="hidden" name="server" value={server} />
          <input type="hidden" name="source" value="server" />
          {lookRefusal && <RefusalNotice error={lookRefusal} />}
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
