import type { DownloadFormat, DownloadRequest } from "./request";

/**
 * The file name of a download: the source's name in letters, digits and dashes alone, which every system accepts and
 * no header can be broken with.
 */
export function fileNameOf(name: string, { after }: DownloadRequest, format: DownloadFormat): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
  const since = after === null ? "" : `-after-${after}`;
  return `${plain === "" ? "records" : plain}${since}.${format}`;
}
