import "server-only";

// Words of this portal's own, which guessers of its passwords try first.
const ownWords = [
  "latchkey",
  "bitbucket",
  "atlassian",
  "administrator",
  "changeme",
  "correcthorsebatterystaple",
];

// Letters that are written as digits and signs, in the way that guessing programs undo.
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
 * True for a password that guessers try first: one of some 49,000 leaked most often (npm package @zxcvbn-ts/language-common,
 * MIT), in any case, with letters written as look-alikes, with digits and signs around it, or several times in a row. The
 * list is read on the first call, from this machine.
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

/** The text without what is no letter at its end, and at both ends; none that is empty. */
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

// More digits than letters are worth something by themselves, unless they are common too.
function isFiller(around: string, core: string, isCommon: (text: string) => boolean): boolean {
  return around.length <= core.length || isCommon(around);
}

/** The text as it is, and with look-alikes read as letters; 1 and ! can be two of them. */
function spellingsOf(text: string): string[] {
  const letters = text.replace(/[03457@$]/g, (sign) => lookAlikes[sign] ?? sign);
  return [text, letters.replace(/[1!]/g, "i"), letters.replace(/[1!]/g, "l")];
}

/** The shortest text of which this one is a row: "abab" is "ab" twice. */
function unrepeated(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1);
  return at < text.length ? text.slice(0, at) : text;
}

/** True for at least three characters that are all the same, or each the next one in Unicode, up or down. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  if (codes.length < 3) return false;
  return [0, 1, -1].some((step) =>
    codes.every((code, at) => at === 0 || code - (codes[at - 1] ?? 0) === step),
  );
}
