import type { ActionForm } from "@/components/forms/use-action-form";
import { RefusalNotice } from "@/components/portal/refusal-notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextArea } from "@/components/ui/text-area";
import type { Inspection } from "@/lib/servers/types";

type Props = { server: string; form: ActionForm<Inspection, never, "pem" | "file"> };

/** Takes an authority's certificate, pasted or as a file, and shows it before it can be trusted. */
export function AuthorityTextForm({ server, form }: Props) {
  const pem = form.field("pem");
  const { error: fileError, ...file } = form.field("file");
  return (
    <form {...form.formProps} className="flex flex-col gap-4">
      <input type="hidden" name="server" value={server} />
      <input type="hidden" name="source" value="text" />
      {form.wholeError && <RefusalNotice error={form.wholeError} />}
      <TextArea
        {...pem}
        label="Certificate of the authority, as PEM"
        rows={5}
        spellCheck={false}
        autoComplete="off"
        placeholder="-----BEGIN CERTIFICATE-----"
        error={pem.error ?? fileError}
        className="font-mono text-xs"
      />
      <div className="flex flex-col gap-1.5">
        <label htmlFor="field-file" className="text-sm font-medium">
          Or a file that holds it
        </label>
        <input
          {...file}
          id="field-file"
          type="file"
          accept=".pem,.crt,.cer,application/x-pem-file"
          className="text-sm file:mr-3 file:cursor-pointer file:rounded-lg file:border file:border-line-strong/50 file:bg-surface file:px-4 file:py-2 file:text-sm file:font-medium file:text-ink hover:file:bg-sunken"
        />
      </div>
      <SubmitButton look="secondary" pending={form.pending} pendingLabel="Reading…" className="self-start">
        Show it
      </SubmitButton>
    </form>
  );
}
