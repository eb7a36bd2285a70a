/** What a search for grantees found; `nobody` is who was looked for, such as "Nobody and no team". */
export function foundGranteesInWords(found: number, searched: string, nobody: string): string {
  if (found === 0) return `${nobody} matches “${searched}”. Try a part of a name or of an email address.`;
  return found === 1 ? "One is found." : `${found} are found.`;
}
