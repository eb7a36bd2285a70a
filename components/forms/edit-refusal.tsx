import { RefusalNotice } from "@/components/portal/refusal-notice";
import { Detail } from "@/components/ui/detail";
import { Notice } from "@/components/ui/notice";

/** What another user has saved since the form was opened. */
type Now = {
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly tags?: readonly string[];
};

type Props = {
  error: { readonly message: string; readonly code: string; readonly detail?: Now };
};

/** Why an edit was not saved. The second of two editors reads what the first one saved. */
export function EditRefusal({ error }: Props) {
  if (!error.detail) return <RefusalNotice error={error} />;
  const { name, description, tags } = error.detail;
  return (
    <Notice kind="warn" role="alert" title={error.message}>
      <dl className="flex flex-col gap-2">
        <Detail name="Name now">{name}</Detail>
        <Detail name="Description now">
          <span className="whitespace-pre-line">{description || "none"}</span>
        </Detail>
        {tags && <Detail name="Tags now">{tags.join(", ") || "none"}</Detail>}
      </dl>
      <p>What you typed is still in the form. Press Save again to put it in place of theirs.</p>
    </Notice>
  );
}

type EditForm = {
  readonly error: { readonly detail?: Pick<Now, "version"> } | null;
  readonly typed: Readonly<Record<string, string>>;
};

/**
 * The version that an edit form sends. After a refusal it stays the sent one: without script the page is made anew and
 * would overwrite unseen changes. A user who has read the newest version may overwrite it.
 */
export function versionToSend({ error, typed }: EditForm, opened: number | undefined) {
  return error?.detail?.version ?? typed.version ?? opened;
}
