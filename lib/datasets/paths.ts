import { endpointPath, endpointTabs } from "@/lib/paths";
import type { DownloadFormat } from "./download/request";

/** The page of one record; any id and key is escaped. */
export function recordPath(sourceId: string, key: string): string {
  return `${endpointTabs("source", sourceId).data}/record?${new URLSearchParams({ key })}`;
}

/** A download of the whole data set; any id is escaped. */
export function downloadPath(sourceId: string, format: DownloadFormat, search = ""): string {
  return `${endpointPath("source", sourceId)}/data.${format}${search}`;
}
