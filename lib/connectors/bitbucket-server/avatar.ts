import "server-only";
import { type BaseUrl, followLink } from "@/lib/connectors/base-url";
import type { Avatar } from "@/lib/connectors/types";
import type { Questions } from "./questions";

/** In bytes; a 64-pixel picture has a few thousand. */
const largest = 32 * 1024;

/** Judged by the first bytes, whatever type the server claims: only formats that cannot hold a script. */
function mediaTypeOf(image: Uint8Array): Avatar["mediaType"] | null {
  const start = Buffer.from(image.subarray(0, 12)).toString("latin1");
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) return "image/gif";
  return start.startsWith("RIFF") && start.endsWith("WEBP") ? "image/webp" : null;
}

/**
 * The picture of an account, requested without the credential. Null unless its address lies under the base URL (many
 * servers use a public service, which would learn whose credential is checked) and the answer is an image of at most
 * 32 KB.
 */
export async function fetchAvatar(
  questions: Questions,
  baseUrl: BaseUrl,
  avatarUrl: string | null,
): Promise<Avatar | null> {
  const path = avatarUrl === null ? null : pathUnder(baseUrl, avatarUrl);
  if (path === null) return null;
  const answer = await questions.askAsNobody(path, "image/png,image/jpeg,image/gif,image/webp");
  if (answer?.status !== 200 || answer.body.length > largest) return null;
  const mediaType = mediaTypeOf(answer.body);
  return mediaType === null ? null : { mediaType, image: answer.body };
}

/** Path and query below the base URL; null for an address outside it. */
function pathUnder(baseUrl: BaseUrl, avatarUrl: string): string | null {
  const { origin, contextPath } = baseUrl;
  const url = avatarUrl.length > 500 ? null : followLink(baseUrl, avatarUrl);
  if (url === null || url.origin !== origin || !url.pathname.startsWith(`${contextPath}/`)) return null;
  return `${url.pathname.slice(contextPath.length)}${url.search}`;
}
