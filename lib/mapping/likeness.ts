/** A name for comparing: without case, blanks and punctuation, so that "Pull request" is like "pull_request". */
export function likeness(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
