import type { KeyReading } from "@/lib/text/api-key-shape";

type Props = {
  reading: KeyReading;
  /** The typed text, which may have other characters around the key. */
  typed: string;
  /** The consequence for this field. */
  therefore: string;
};

const otherwise = {
  none: null,
  incomplete: "This looks like an API key that is not whole. Copy all of it.",
  several: "There is more than one API key here. Enter one of them.",
};

/** The message at a sign-in field that holds an API key or a text that looks like one. */
export function RecognisedKey({ reading, typed, therefore }: Props) {
  if (reading.kind !== "key") return otherwise[reading.kind];
  const isAlone = typed === reading.key;
  return (
    <>
      <span className="font-medium text-good">API key, recognised.</span>{" "}
      <span className="text-muted">
        {!isAlone && "What stands around it is left out. "}
        {reading.username !== null && `It is taken for a key of ${reading.username}. `}
        {therefore}
      </span>
    </>
  );
}
