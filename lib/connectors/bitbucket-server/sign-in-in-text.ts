/** Where commands, headers and files carry a user name, password or token beside an address. */
const signIns: readonly RegExp[] = [
  /((?:^|\s)(?:-u|--user|--proxy-user|-a|--auth|--(?:http-)?(?:user|password))[ =]?)("[^"]*"|'[^']*'|[^\s-]\S*)/g,
  /((?:Proxy-)?Authorization["']?\s*[:=]\s*["']?)((?:(?:Basic|Bearer|Token)\s+)?[^\s"']+)/gi,
  /(\b(?:Basic|Bearer)\s+)([\w+/=.~-]{8,})/g,
  /(\b[\w.-]*(?:pass(?:word|wd)?|secret|token|api_?key|user(?:name)?|login)["']?\s*[:=]\s*["']?)((?!https?:)[^\s"',;&}]+)/gi,
  /(\b(?:login|password|account)\s+)(\S+)(?=\s|$)/g,
];
const userInfo = /((?:[a-z][a-z+.-]*:)?\/\/)([^\s/?#]*@)/gi;

/** The same text without user names, passwords and tokens that stand in it beside an address. Pure, never throws. */
export function withoutSignIn(text: string): string {
  const bare = signIns.reduce((left, pattern) => left.replace(pattern, "$1"), text);
  return bare.replace(userInfo, "$1");
}

/** True when a text gives a user name, password or token apart from its address: as an option, a header, a key. */
export function holdsSignIn(text: string): boolean {
  return signIns.some((pattern) => text.search(pattern) >= 0);
}
