import type { Metadata } from "next";
import { connection } from "next/server";
import { NothingHere } from "@/components/portal/no-access";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  // Rendered for each request: the scripts of a page made at build time would lack this response's nonce.
  await connection();
  return <NothingHere isAlone />;
}
