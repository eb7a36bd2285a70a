import { cardStyle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = { typed?: string | undefined; error?: string | undefined };

/** Leads to the certificate page of any server: a server whose certificate is refused has no stored row yet. */
export function FindServerForm({ typed, error }: Props) {
  return (
    <form
      action="/admin/servers/certificate"
      className={cardStyle("flex flex-col gap-4 sm:flex-row sm:items-start")}
    >
      <Field
        label="Another server's address"
        name="server"
        required
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="https://bitbucket.example.com"
        defaultValue={typed}
        error={error}
        hint="One whose certificate is refused, for example: it is not in the list, because nothing could be stored for it."
        className="min-w-0 flex-1"
      />
      <SubmitButton look="secondary" className="self-start sm:mt-6.5">
        Open
      </SubmitButton>
    </form>
  );
}
