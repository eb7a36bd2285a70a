import { gzipSync } from "node:zlib";
import { type Answer, json, page } from "./answer";
import { sendWithoutEnd } from "./delivery";
import type { FrontProxy } from "./instance";

const JSON_TYPE = { "Content-Type": "application/json;charset=UTF-8" };
const BEGINNING = '{"version":"9.4.3","buildNumber":"9004003","displayName":"';
const MEGABYTE = 1024 * 1024;
const LEVELS = 100_000;

/** The same response to every path below /rest; the status page stays the server's own. */
function onRest(make: () => Answer): FrontProxy {
  let made: Answer | undefined;
  return ({ path }) => {
    if (!path.startsWith("/rest/")) return "pass";
    made ??= make();
    return made;
  };
}

const jsonText = (body: string | Buffer): Answer => ({ status: 200, headers: JSON_TYPE, body });

export const headerFlood = onRest(() => {
  const flood = Array.from({ length: 30 }, (_, index) => [`X-Flood-${index}`, "f".repeat(1024)] as const);
  return json(200, {}, Object.fromEntries(flood));
});

export const endlessBody = onRest(() => ({ ...jsonText(BEGINNING), deliver: sendWithoutEnd() }));

/** Fifty concatenated gzip members of a megabyte each, which gzip allows; only one has to be compressed. */
export const gzipBomb = onRest(() => {
  const member = gzipSync(Buffer.alloc(MEGABYTE, " "));
  return {
    status: 200,
    headers: { ...JSON_TYPE, "Content-Encoding": "gzip" },
    body: Buffer.concat(Array.from({ length: 50 }, () => member)),
  };
});

export const deeplyNested = onRest(() =>
  jsonText(`${BEGINNING}Bitbucket","deep":${"[".repeat(LEVELS)}${"]".repeat(LEVELS)}}`),
);

export const notUtf8 = onRest(() => jsonText(Buffer.from(`${BEGINNING}Bücherei"}`, "latin1")));
export const emptyBody = onRest(() => jsonText(""));
export const oddShape = onRest(() =>
  json(200, { version: 9, buildNumber: ["9004003"], displayName: { a: 1 } }),
);

const signIn = page(
  200,
  "Sign in",
  '<h1>Sign in with your company account</h1><form method="post" action="/login"><input name="user"></form>',
);

export const signInPage: FrontProxy = () => signIn;

/** A proxy that requires a sign-in everywhere except at the status page for load balancers. */
export const signInPageOnRest = onRest(() => signIn);

/**
 * The session of a proxy in front of Bitbucket ended while a list was read
 * (https://github.com/sourcegraph/sourcegraph-public-snapshot/issues/2360).
 */
export const signInPageLater: FrontProxy = ({ path, query }) =>
  path.endsWith("/repos") || Number(query.get("start") ?? 0) > 0 ? signIn : "pass";

export const oddLists: FrontProxy = ({ path }) =>
  /\/(?:users|projects|repos)$/.test(path)
    ? json(200, { values: "many", isLastPage: 1, size: "all" })
    : "pass";
