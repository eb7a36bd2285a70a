import type { NextRequest } from "next/server";
import { findActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { findAnything } from "@/lib/search/queries";

/** What the search field over everything shows while the user types, as JSON. */
export async function GET(request: NextRequest): Promise<Response> {
  const actor = await findActor();
  if (!actor) return new Response(null, { status: 404 });
  return Response.json(
    await findAnything(await database(), actor, request.nextUrl.searchParams.get("q") ?? ""),
  );
}
