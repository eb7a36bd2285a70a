/** True if the user has this name. Bitbucket's names ignore case; a search also matches display names and e-mails. */
export function isNamed(user: { readonly name: string }, name: string): boolean {
  return user.name.toLowerCase() === name.toLowerCase();
}

/** True for `access-token-user/2/1234` and the like: the account of a project's or repository's key, not of a user. */
export function isAccountOfKey(name: string): boolean {
  return /^access-token-user\//i.test(name);
}

/** The name's form in URLs, as Atlassian's VS Code extension makes it (atlassian/atlascode, loginManager.ts). */
export function slugOf(name: string): string {
  return name.replace(/[:/?#@!$&'()*+,;=%\\[\]]/g, "_").toLowerCase();
}
