import { cardStyle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  /** The page that the form leads to, with the address as the parameter `server`. */
  leadsTo: string;
  label: string;
  hint?: string;
  button: string;
  typed?: string | undefined;
  error?: string | undefined;
};

/** Leads to a page about any server by its address: it need not be stored yet. */
export function FindServerForm({ leadsTo, label, hint, button, typed, error }: Props) {
  return (
    <form action={leadsTo} className="flex flex-col gap-4 sm:flex-row sm:items-start">
      <Field
        label={label}
        name="server"
        required
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="https://bitbucket.example.com"
        defaultValue={typed}
        error={error}
        hint={hint}
        className="min-w-0 flex-1"
      />
      <SubmitButton look="secondary" className="self-start sm:mt-6.5">
        {button}
      </SubmitButton>
    </form>
  );
}

type CertificateProps = Pick<Props, "typed" | "error">;

/** Leads to the certificate page: a server whose certificate is refused has no stored row. */
export function FindCertificateForm(given: CertificateProps) {
  return (
    <div className={cardStyle()}>
      <FindServerForm
        {...given}
        leadsTo="/admin/servers/certificate"
        label="Another server's address"
        hint="One whose certificate is refused, for example: it is not in the list, because nothing could be stored for it."
        button="Open"
      />
    </div>
  );
}
