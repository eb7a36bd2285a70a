/** The header in which `proxy.ts` hands each request its id; what a client sends under this name is replaced there. */
export const requestIdHeader = "x-latchkey-request-id";

/** The header in which `proxy.ts` hands each request its method, which pages cannot see otherwise. */
export const requestMethodHeader = "x-latchkey-request-method";
