import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { connection } from "next/server";
import { Brand } from "@/components/portal/brand";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  // Rendered for each request, because a page made at build time would have scripts without this response's nonce.
  await connection();
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col justify-center gap-8 px-5 py-12">
      <Brand />
      <EmptyState
        isPage
        icon={SearchX}
        title="There is nothing at this address"
        action={<ButtonLink href="/">Start page</ButtonLink>}
      >
        It may have been removed, or it is not yours to see.
      </EmptyState>
    </main>
  );
}
