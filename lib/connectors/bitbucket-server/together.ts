/** Whether pieces of work may run side by side, as `Questions` has it. */
type Manner = { readonly isSideBySide: boolean };

/** Does pieces of work side by side if that is allowed, otherwise one after the other in the given order. */
export async function together<Results extends readonly unknown[]>(
  { isSideBySide }: Manner,
  works: { readonly [At in keyof Results]: () => Promise<Results[At]> },
): Promise<Results> {
  const results: Promise<unknown>[] = [];
  for (const work of works) {
    const result = work();
    results.push(result);
    if (!isSideBySide) await result;
  }
  // Results come in the order of the works, which TypeScript cannot infer from the loop.
  return (await Promise.all(results)) as readonly unknown[] as Results;
}
