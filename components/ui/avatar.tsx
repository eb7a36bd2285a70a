type InitialsProps = {
  /** Text from outside. */
  name: string;
  className?: string;
};

/** A user or an account as its initials. Hidden from screen readers, because the name is next to it. */
export function Initials({ name, className = "size-8 text-xs" }: InitialsProps) {
  return (
    <span
      aria-hidden
      data-hue={hueOf(name)}
      className={`initials grid shrink-0 place-items-center rounded-full font-semibold select-none ${className}`}
    >
      {initialsOf(name)}
    </span>
  );
}

type PictureProps = {
  /** The address of the account's avatar; null if the server gave none. */
  src: string | null;
  name: string;
};

/** An account's avatar, or its initials. */
export function AccountPicture({ src, name }: PictureProps) {
  if (src === null) return <Initials name={name} className="size-10 text-sm" />;
  const look = "size-10 shrink-0 rounded-full bg-sunken object-cover";
  // biome-ignore lint/performance/noImgElement: bytes from another server, which no image library of ours should open
  return <img src={src} alt="" width={40} height={40} className={look} />;
}

function initialsOf(name: string): string {
  // What stands in brackets, such as "(you)", belongs to no name, unless there is nothing else.
  const bare = name.replaceAll(/\([^)]*\)/gu, " ");
  const words = (/[\p{L}\p{N}]/u.test(bare) ? bare : name)
    .split(/[\s._@()-]+/u)
    .filter((word) => word !== "");
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => Array.from(word ?? "")[0]?.toUpperCase() ?? "").join("");
}

const hues = 6;

// The same name has the same colour everywhere.
function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % hues;
}
