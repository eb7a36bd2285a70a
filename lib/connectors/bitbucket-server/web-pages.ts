import type { BaseUrl } from "@/lib/connectors/base-url";

/** The page on which users of a server make and revoke their API keys; Bitbucket calls them HTTP access tokens. */
export function apiKeysPage({ href }: BaseUrl): string {
  return `${href}/plugins/servlet/access-tokens/manage`;
}
