import type { FailureDescription } from "@/lib/connectors/failures";

/** Texts for failures of the portal's outgoing proxy. */
export const proxyWords = {
  PROXY_UNREACHABLE: {
    title: "The portal's outgoing proxy cannot be reached",
    cure: "No secure connection to the proxy in EGRESS_PROXY could be made. The portal's administrator can correct the setting or start the proxy.",
    whose: "the portal's administrator",
    field: null,
  },
  PROXY_SILENT: {
    title: "The portal's outgoing proxy does not answer",
    cure: "Try again in a moment. If it still fails, the portal's administrator can check the proxy in EGRESS_PROXY.",
    whose: "you",
    field: null,
  },
  PROXY_SIGN_IN: {
    title: "The portal's outgoing proxy refuses the portal's sign-in",
    cure: "The portal's administrator can add or correct the user name and password in EGRESS_PROXY.",
    whose: "the portal's administrator",
    field: null,
  },
  PROXY_REFUSES: {
    title: "The portal's outgoing proxy blocks this server",
    cure: "Many proxies allow only port 443. If the address is right, ask your network's administrator to allow this host and port.",
    whose: "your network",
    field: "baseUrl",
  },
  PROXY_NO_WAY: {
    title: "The portal's outgoing proxy cannot reach the server",
    cure: "Check host and port. If they are right, the server may be down, or the proxy cannot resolve its name. Ask your network's administrator.",
    whose: "you",
    field: "baseUrl",
  },
  PROXY_UNREADABLE: {
    title: "EGRESS_PROXY does not point to a proxy",
    cure: "The portal's administrator can check scheme, host and port in EGRESS_PROXY.",
    whose: "the portal's administrator",
    field: null,
  },
} as const satisfies Record<string, Omit<FailureDescription, "mayStoreUnchecked">>;
