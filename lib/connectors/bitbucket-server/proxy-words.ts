import type { FailureDescription } from "@/lib/connectors/failures";

/** Texts for failures of the portal's outgoing proxy. */
export const proxyWords = {
  PROXY_UNREACHABLE: {
    title: "The proxy on the portal's way out cannot be reached",
    cure: "EGRESS_PROXY names it, and no secure connection to it can be made. The portal's administrator can correct the setting or have the proxy started.",
    whose: "the portal's administrator",
    field: null,
  },
  PROXY_SILENT: {
    title: "The proxy on the portal's way out does not answer",
    cure: "Try again in a moment. If it stays silent, the portal's administrator can look after the proxy that EGRESS_PROXY names.",
    whose: "you",
    field: null,
  },
  PROXY_SIGN_IN: {
    title: "The proxy on the portal's way out wants another sign-in",
    cure: "The portal's administrator can put its user name and password into EGRESS_PROXY, or correct them there.",
    whose: "the portal's administrator",
    field: null,
  },
  PROXY_REFUSES: {
    title: "The proxy on the portal's way out does not let it through",
    cure: "Many let only port 443 through. Ask your network's administrator to allow this server's host and port there, if the address is right.",
    whose: "your network",
    field: "baseUrl",
  },
  PROXY_NO_WAY: {
    title: "The proxy on the portal's way out cannot reach the server",
    cure: "Check host and port. If they are right, the server may be down, or the proxy does not know its name; ask your network's administrator.",
    whose: "you",
    field: "baseUrl",
  },
  PROXY_UNREADABLE: {
    title: "What should be the portal's way out does not answer as a proxy",
    cure: "The portal's administrator can check scheme, host and port in EGRESS_PROXY.",
    whose: "the portal's administrator",
    field: null,
  },
} as const satisfies Record<string, Omit<FailureDescription, "mayStoreUnchecked">>;
