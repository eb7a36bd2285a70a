"use client";

import { TriangleAlert } from "lucide-react";
import { Brand } from "@/components/portal/brand";
import { buttonStyle } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";

type Props = { error: unknown; retry: () => void };

/** Error page, usually seen when the database does not respond. */
export default function PageError({ error, retry }: Props) {
  const number = digestOf(error);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col justify-center gap-8 px-5 py-12">
      <Brand />
      <EmptyState
        isPage
        icon={TriangleAlert}
        title="This page could not be put together"
        action={
          <button type="button" onClick={retry} className={buttonStyle("primary")}>
            Try again
          </button>
        }
      >
        Nothing is lost. If it stays like this, tell the portal's administrator
        {number ? ` the number ${number}` : ""}.
      </EmptyState>
    </main>
  );
}

function digestOf(error: unknown): string | null {
  const isObject = typeof error === "object" && error !== null;
  return isObject && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}
