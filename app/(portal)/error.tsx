"use client";

import { TriangleAlert } from "lucide-react";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function PageError({ error, reset }: Props) {
  return (
    <EmptyState
      isPage
      icon={TriangleAlert}
      title="This page could not be put together"
      action={
        <button type="button" onClick={reset} className={buttonStyle("primary")}>
          Try again
        </button>
      }
    >
      Nothing was changed. If it stays like this, tell the portal's administrator
      {error.digest ? ` the number ${error.digest}` : ""}.
    </EmptyState>
  );
}
