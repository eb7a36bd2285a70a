import { json } from "./answer";
import {
  type Delivery,
  halfClose,
  reset,
  resetMidway,
  sendBodySlowly,
  sendHeadersSlowly,
  sendNothing,
  sendWithLength,
} from "./delivery";
import type { FrontProxy } from "./instance";

const DRIP_MS = 1_000;
const properties = {
  version: "9.4.3",
  buildNumber: "9004003",
  buildDate: "1741066200000",
  displayName: "Bitbucket",
};

/** No response; the journal shows status 0. */
function withoutAnswer(deliver: Delivery): FrontProxy {
  return () => ({ status: 0, headers: {}, body: "", deliver });
}

/** A good response to every path below /rest, badly sent. */
function badlySent(deliver: Delivery): FrontProxy {
  return ({ path }) => (path.startsWith("/rest/") ? { ...json(200, properties), deliver } : "pass");
}

export const silence = withoutAnswer(sendNothing());
/** Silent only at the status page for load balancers. */
export const silentStatus: FrontProxy = ({ path }) =>
  path === "/status" ? { status: 0, headers: {}, body: "", deliver: sendNothing() } : "pass";
export const brokenStatus: FrontProxy = ({ path }) =>
  path === "/status" ? { status: 0, headers: {}, body: "", deliver: reset } : "pass";
export const halfClosed = withoutAnswer(halfClose());
export const resetAtOnce = withoutAnswer(reset);
export const drippingHeaders: FrontProxy = () => ({
  status: 200,
  headers: {},
  body: "",
  deliver: sendHeadersSlowly(DRIP_MS),
});
export const drippingBody = badlySent(sendBodySlowly(DRIP_MS));
export const cutAnswer = badlySent(resetMidway);
export const shortAnswer = badlySent(sendWithLength(5_000));
export const longAnswer = badlySent(sendWithLength(12));
