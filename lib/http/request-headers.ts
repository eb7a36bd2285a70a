/** The header in which `proxy.ts` passes each request its id; a client's own value is replaced there. */
export const requestIdHeader = "x-latchkey-request-id";

/** The header in which `proxy.ts` passes each request its method, which pages cannot see otherwise. */
export const requestMethodHeader = "x-latchkey-request-method";
