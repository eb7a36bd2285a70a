import { type BaseUrl, readBaseUrl } from "@/lib/connectors/base-url";

/** The base URL that a test spells out. */
export function baseUrlAt(text: string): BaseUrl {
  const baseUrl = readBaseUrl(text);
  if (baseUrl === null) throw new Error(`${text} is no base URL`);
  return baseUrl;
}
