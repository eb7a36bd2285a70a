import type { Sentence } from "./sentence-parts";

/** The sentences about keys: ids and numbers only, since no field holds a key. */
export const keySentences = {
  "keys.created": (): Sentence => ["The portal made its first data key. The log begins here."],
  "keys.rewrapped": ({
    wrappingKey,
    done,
    of,
  }: {
    wrappingKey: string;
    done: number;
    of: number;
  }): Sentence => [
    "A data key is wrapped by the key ",
    { quoted: wrappingKey },
    ` of SECRET_KEYS now: ${done} of ${of}.`,
  ],
  "keys.rotated": ({ retiredDataKey }: { retiredDataKey: string }): Sentence => [
    `A new data key seals from now on. The one before it, ${retiredDataKey}, only opens.`,
  ],
  "keys.resealed": ({ secrets }: { secrets: number }): Sentence => [
    `${secrets === 1 ? "One secret was" : `${secrets} secrets were`} sealed anew with the current data key.`,
  ],
};
