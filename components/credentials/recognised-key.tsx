import type { KeyReading } from "@/lib/text/api-key-shape";

type Props = {
  reading: KeyReading;
  /** What was typed, to tell whether something stands around the key. */
  typed: string;
  /** What follows from it in this field. */
  therefore: string;
};

const otherwise = {
  none: null,
  incomplete: "This looks like an API key that is not whole. Copy all of it.",
  several: "There is more than one API key here. Enter one of them.",
};

/** What is said at a sign-in field that holds an API key, or something that looks like one. */
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
