import type { ReactNode } from "react";
import { Brand } from "@/components/portal/brand";

/** The frame of the pages shown before sign-in. */
export function Entrance({
  title,
  lead,
  children,
  other,
}: {
  title: string;
  lead: string;
  children: ReactNode;
  other: ReactNode;
}) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-8 px-5 py-12">
      <Brand />
      <div className="flex flex-col gap-1.5">
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <p className="wrap-anywhere text-muted">{lead}</p>
      </div>
      <div className="rounded-2xl border border-line bg-surface p-6 shadow-lift sm:p-7">{children}</div>
      <p className="text-sm text-muted">{other}</p>
    </main>
  );
}
