type Props = {
  /** Where the account's own picture is; null where it has none that could be had. */
  src: string | null;
  /** Of whom the initials are made. Text from outside. */
  name: string;
};

/** The picture of an account, or its initials. The name stands beside it, so a screen reader hears it once. */
export function AccountPicture({ src, name }: Props) {
  if (src === null) {
    return (
      <span
        aria-hidden
        className="grid size-10 shrink-0 place-items-center rounded-full bg-accent-soft text-sm font-semibold text-accent"
      >
        {initialsOf(name)}
      </span>
    );
  }
  const look = "size-10 shrink-0 rounded-full bg-sunken object-cover";
  // biome-ignore lint/performance/noImgElement: bytes from another server, which no image library of ours should open
  return <img src={src} alt="" width={40} height={40} className={look} />;
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/u).filter((word) => word !== "");
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => Array.from(word ?? "")[0]?.toUpperCase() ?? "").join("");
}
