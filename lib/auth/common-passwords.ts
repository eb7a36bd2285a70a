import "server-only";

// Words about this portal, which attackers try first.
const ownWords = [
  "latchkey",
  "bitbucket",
  "atlassian",
  "administrator",
  "changeme",
  "correcthorsebatterystaple",
];

// Digits and signs that stand for letters, as guessing programs replace them.
const lookAlikes: Readonly<Record<string, string>> = {
  0: "o",
  3: "e",
  4: "a",
  5: "s",
  7: "t",
  "@": "a",
  $: "s",
};

let loaded: Promise<ReadonlySet<string>> | undefined;

/**
 * True for a password that attackers try first: one of some 49,000 leaked most often (npm package
 * @zxcvbn-ts/language-common, MIT), ignoring case, also with look-alike digits and signs, with digits and signs
 * around it, or repeated. The list is read on the first call, from this machine.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  loaded ??= loadList();
  const list = await loaded;
  const isCommon = (text: string) =>
    isRun(text) || spellingsOf(text).some((spelling) => list.has(unrepeated(spelling)));
  const plain = password.normalize("NFKC").toLowerCase();
  return (
    isCommon(plain) ||
    coresOf(plain).some(({ core, around }) => isCommon(core) && isFiller(around, core, isCommon))
  );
}

async function loadList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set([...dictionary["passwords-common"], ...ownWords]);
}

type Core = { readonly core: string; readonly around: string };

/** The text without non-letters at its end, and at both ends; leaves out empty results. */
function coresOf(text: string): Core[] {
  const tail = /[^\p{L}]*$/u.exec(text)?.[0] ?? "";
  const withoutTail = text.slice(0, text.length - tail.length);
  const head = /^[^\p{L}]*/u.exec(withoutTail)?.[0] ?? "";
  const cores = [
    { core: withoutTail, around: tail },
    { core: withoutTail.slice(head.length), around: head + tail },
  ];
  return cores.filter(({ core }) => core !== "");
}

// More digits than letters make a password stronger, unless the digits are common, too.
function isFiller(around: string, core: string, isCommon: (text: string) => boolean): boolean {
  return around.length <= core.length || isCommon(around);
}

/** The text as it is, and with look-alikes read as letters; 1 and ! have two readings. */
function spellingsOf(text: string): string[] {
  const letters = text.replace(/[03457@$]/g, (sign) => lookAlikes[sign] ?? sign);
  return [text, letters.replace(/[1!]/g, "i"), letters.replace(/[1!]/g, "l")];
}

/** The shortest text that repeats to this one: "ab" for "abab". */
function unrepeated(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1);
  return at < text.length ? text.slice(0, at) : text;
}

/** True for at least three characters that are all the same, or consecutive in Unicode, up or down. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  if (codes.length < 3) return false;
  return [0, 1, -1].some((step) =>
    codes.every((code, at) => at === 0 || code - (codes[at - 1] ?? 0) === step),
  );
}
