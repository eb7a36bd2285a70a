import { iconSprite } from "@/components/ui/icon-drawings";

export const dynamic = "force-static";

/** All icons, for everybody. Its address has a version, so browsers keep it. */
export function GET(): Response {
  const headers = {
    "Content-Type": "image/svg+xml",
    "Cache-Control": "public, max-age=31536000, immutable",
  };
  return new Response(iconSprite(), { headers });
}
