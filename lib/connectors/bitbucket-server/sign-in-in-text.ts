/** Places in commands, headers and files where a user name, password or token stands beside an address. */
const signIns: readonly RegExp[] = [
  /((?:^|\s)(?:-u|--user|--proxy-user|-a|--auth|--(?:http-)?(?:user|password))[ =]?)("[^"]*"|'[^']*'|[^\s-]\S*)/g,
  /((?:Proxy-)?Authorization["']?\s*[:=]\s*["']?)((?:(?:Basic|Bearer|Token)\s+)?[^\s"']+)/gi,
  /(\b(?:Basic|Bearer)\s+)([\w+/=.~-]{8,})/g,
  /(\b[\w.-]*(?:pass(?:word|wd)?|secret|token|api_?key|user(?:name)?|login)["']?\s*[:=]\s*["']?)((?!https?:)[^\s"',;&}]+)/gi,
  /(\b(?:login|password|account)\s+)(\S+)(?=\s|$)/g,
];
const userInfo = /((?:[a-z][a-z+.-]*:)?\/\/)([^\s/?#]*@)/gi;

/** The text without the user names, passwords and tokens that stand beside an address. Pure; never throws. */
export function withoutSignIn(text: string): string {
  const bare = signIns.reduce((left, pattern) => left.replace(pattern, "$1"), text);
  return bare.replace(userInfo, "$1");
}

/** True if a text holds a user name, password or token outside its address: as an option, a header or a key. */
export function holdsSignIn(text: string): boolean {
  return signIns.some((pattern) => text.search(pattern) >= 0);
}
