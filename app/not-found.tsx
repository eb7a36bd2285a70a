import type { Metadata } from "next";
import { connection } from "next/server";
import { Brand } from "@/components/portal/brand";
import { NothingHere } from "@/components/portal/no-access";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  // Rendered for each request: the scripts of a page made at build time would lack this response's nonce.
  await connection();
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col justify-center gap-8 px-5 py-12">
      <Brand />
      <NothingHere />
    </main>
  );
}
