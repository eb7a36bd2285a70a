import { RefusalNotice } from "@/components/portal/refusal-notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import type { useKeptForm } from "@/components/ui/use-kept-form";
import type { Inspection } from "@/lib/servers/types";

type Props = { server: string; form: ReturnType<typeof useKeptForm<Inspection, never>> };

/** Takes the certificate of an authority, pasted or as a file, and shows it before anything is trusted. */
export function AuthorityTextForm({ server, form: { result, pending, formProps } }: Props) {
  const refusal = result?.ok === false ? result : null;
  const errors = refusal?.error.fieldErrors ?? {};
  const hasFieldError = Boolean(errors.pem || errors.file);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      <input type="hidden" name="server" value={server} />
      <input type="hidden" name="source" value="text" />
      {refusal && !hasFieldError && <RefusalNotice error={refusal.error} />}
      <TextArea
        label="Certificate of the authority, as PEM"
        name="pem"
        rows={5}
        spellCheck={false}
        autoComplete="off"
        placeholder="-----BEGIN CERTIFICATE-----"
        defaultValue={refusal?.typed.pem}
        error={errors.pem ?? errors.file}
        className="font-mono text-xs"
      />
      <div className="flex flex-col gap-1.5">
        <label htmlFor="field-file" className="text-sm font-medium">
          Or a file that holds it
        </label>
        <input
          id="field-file"
          type="file"
          name="file"
          accept=".pem,.crt,.cer,application/x-pem-file"
          className="text-sm file:mr-3 file:cursor-pointer file:rounded-lg file:border file:border-line-strong/50 file:bg-surface file:px-4 file:py-2 file:text-sm file:font-medium file:text-ink hover:file:bg-sunken"
        />
      </div>
      <SubmitButton look="secondary" pending={pending} pendingLabel="Reading…" className="self-start">
        Show it
      </SubmitButton>
    </form>
  );
}
