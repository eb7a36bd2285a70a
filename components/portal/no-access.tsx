import { SearchX } from "lucide-react";
import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";

/** The same page for missing and forbidden items. */
export function NothingHere() {
  return (
    <EmptyState
      isPage
      icon={SearchX}
      title="There is nothing at this address"
      action={<ButtonLink href="/">Start page</ButtonLink>}
    >
      It may have been removed, or it is not yours to see.
    </EmptyState>
  );
}

/** Replaces an edit form for users who may only view the item. */
export function NotYoursToChange({ what }: { what: string }) {
  return (
    <Notice kind="info" title={`You may see this ${what}, but not change it`}>
      Ask its owner or an administrator of it.
    </Notice>
  );
}
