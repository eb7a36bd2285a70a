import { AsyncLocalStorage } from "node:async_hooks";

type Request = { readonly cookie: string; readonly origin: string };
const current = new AsyncLocalStorage<Request>();

/**
 * For tests of whole actions, in place of `next/headers`: the request that an action runs in. Everything behind it is
 * the portal's own code.
 */
export const nextHeaders = {
  headers: async () => new Headers({ origin: current.getStore()?.origin ?? "" }),
  cookies: async () => ({ get: () => ({ value: current.getStore()?.cookie ?? "" }) }),
};

/** Runs an action as Next would for that request; many may run in parallel. */
export function inRequest<Answer>(request: Request, run: () => Answer): Answer {
  return current.run(request, run);
}
