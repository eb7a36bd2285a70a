"use client";

import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Brand } from "./brand";

/**
 * The same page for missing and forbidden items. A client component, because Next puts it into every page's payload.
 * `isAlone`: outside the portal's frame.
 */
export function NothingHere({ isAlone = false }: { isAlone?: boolean }) {
  const message = (
    <EmptyState
      isPage
      icon="search-x"
      title="There is nothing at this address"
      action={<ButtonLink href="/">Start page</ButtonLink>}
    >
      It may have been removed, or it is not yours to see.
    </EmptyState>
  );
  if (!isAlone) return message;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col justify-center gap-8 px-5 py-12">
      <Brand />
      {message}
    </main>
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
