/** A URL's host as the network knows it: without IPv6 brackets and without a closing dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}

/** The port that a call to this URL would use; 0 for a scheme that is not http or https. */
export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  if (url.protocol === "https:") return 443;
  return url.protocol === "http:" ? 80 : 0;
}
