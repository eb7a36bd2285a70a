import type { BoundForm } from "@/components/forms/use-button-form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Addressed } from "@/lib/paths";
import type { GrantRow } from "@/lib/sharing/types";

type Props = { thing: Addressed; grants: readonly GrantRow[]; form: BoundForm };

/** Lists grants by users who may no longer share, with one button that ends them all. */
export function UnbackedNotice({ thing, grants, form }: Props) {
  const unbacked = grants.filter(({ giverLost }) => giverLost !== null);
  if (unbacked.length === 0) return null;
  const isOne = unbacked.length === 1;
  return (
    <Notice
      kind="warn"
      title={
        isOne
          ? "Access was given by a user who may no longer share this"
          : `${unbacked.length} of these were given access by people who may not share this any more`
      }
    >
      <p>It still works. Keep what is right, one by one, or remove {isOne ? "it" : "all of it"}.</p>
      <form {...form.formProps}>
        <input type="hidden" name="kind" value={thing.kind} />
        <input type="hidden" name="id" value={thing.id} />
        <input type="hidden" name="grantIds" value={unbacked.map(({ id }) => id).join(",")} />
        <SubmitButton look="secondary" pending={form.pending}>
          Remove{" "}
          {unbacked
            .map(({ grantee }) => grantee.name)
            .slice(0, 3)
            .join(", ")}
          {unbacked.length > 3 && ` and ${unbacked.length - 3} more`}
        </SubmitButton>
      </form>
    </Notice>
  );
}
