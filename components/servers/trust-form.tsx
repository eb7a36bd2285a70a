import type { BoundForm } from "@/components/forms/use-button-form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { InspectedCertificate, TrustKind } from "@/lib/servers/types";

const words = {
  authority: {
    open: "Trust this authority…",
    meaning: (server: string) =>
      `Any certificate that this authority signs will be accepted from ${server}, if it is for that name and in date. For all other servers nothing changes.`,
    press: (server: string) => `Trust for ${server} only`,
  },
  pin: {
    open: "Pin this certificate…",
    meaning: (server: string) =>
      `Exactly this certificate will be accepted from ${server}, whoever signed it and whatever its names, until it ends. When the server gets a new one, that has to be pinned again. For all other servers nothing changes.`,
    press: (server: string) => `Pin for ${server} only`,
  },
} as const satisfies Record<TrustKind, unknown>;

type Props = {
  server: string;
  kind: TrustKind;
  certificate: InspectedCertificate;
  pem: string;
  decision: BoundForm;
};

/** The decision in two steps: the second names the server and the consequences. */
export function TrustForm({ server, kind, certificate, pem, decision }: Props) {
  const { open, meaning, press } = words[kind];
  return (
    <details className="rounded-xl border border-line px-4 py-3 text-sm">
      <summary className="cursor-pointer font-medium">{open}</summary>
      <form {...decision.formProps} className="flex flex-col gap-3 pt-3">
        <input type="hidden" name="server" value={server} />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="sha256" value={certificate.sha256} />
        {pem && <input type="hidden" name="pem" value={pem} />}
        <p className="break-words">{meaning(server)}</p>
        <p className="text-muted">
          Compare the SHA-256 above with the one that the server's administrator gives you, by telephone for
          example: an attacker in between could show you their own certificate.
        </p>
        <SubmitButton
          pending={decision.pending}
          pendingLabel="Looking once more…"
          className="self-start text-left"
        >
          {press(server)}
        </SubmitButton>
      </form>
    </details>
  );
}
