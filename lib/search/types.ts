/** The kinds of things that a search over everything finds, in the order of its answer. */
export const foundKinds = ["credential", "source", "destination", "team", "server", "user"] as const;

/** The most that a search gives of each kind; the list of that kind has the rest. */
export const foundOfEach = 6;

export type FoundKind = (typeof foundKinds)[number];

/** One thing that a search found. */
export type Found = {
  readonly kind: FoundKind;
  readonly name: string;
  /** What distinguishes it from others of the name, such as its server; empty if nothing does. */
  readonly about: string;
  readonly href: string;
};
