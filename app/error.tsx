"use client";

import { buttonStyle } from "@/components/ui/buttons";

type Props = { error: unknown; retry: () => void };

/** Error page, usually seen when the database does not respond. Every page loads its script, so it has no more than it needs. */
export default function PageError({ error, retry }: Props) {
  const number = digestOf(error);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col justify-center px-5 py-12">
      <div className="flex flex-col items-center gap-3 rounded-2xl border border-dashed border-line-strong/50 px-6 py-12 text-center">
        <p className="font-semibold tracking-tight text-muted">Latchkey</p>
        <h1 className="text-base font-semibold">This page could not be put together</h1>
        <p className="max-w-md text-sm text-muted">
          Nothing is lost. If it stays like this, tell the portal's administrator
          {number ? ` the number ${number}` : ""}.
        </p>
        <button type="button" onClick={retry} className={buttonStyle("primary", "mt-2")}>
          Try again
        </button>
      </div>
    </main>
  );
}

function digestOf(error: unknown): string | null {
  const isObject = typeof error === "object" && error !== null;
  return isObject && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}
