import { type Answer, json } from "./answer";
import { type Call, forSignedIn, param } from "./call";
import { noSuchResource, noSuchUser, notPermitted } from "./errors";
import { nameShown } from "./hostile-text";
import { buildNumberOf, isAtLeast } from "./versions";
import { userView } from "./views";

const BUILT_AT = Date.UTC(2025, 2, 4, 5, 30);

/** GET application-properties: open to anonymous callers, every value a string. */
export function getApplicationProperties(call: Call): Answer {
  const { version } = call.instance.settings;
  return json(200, {
    version,
    buildNumber: buildNumberOf(version),
    buildDate: String(BUILT_AT),
    displayName: nameShown(call.instance, "Bitbucket"),
  });
}

/** GET /rest/capabilities: `application` is still "stash", the mark of a Bitbucket Server. */
export function getCapabilities(call: Call): Answer {
  const { baseUrl, settings } = call.instance;
  const rest = (path: string) => `${baseUrl}/rest/${path}`;
  const since714 = isAtLeast(settings.version, "7.14.0")
    ? {
        build: rest("api/latest/build/capabilities"),
        deployment: rest("api/latest/deployment/capabilities"),
      }
    : {};
  return json(200, {
    links: { self: rest("capabilities") },
    application: "stash",
    buildDate: `${new Date(BUILT_AT).toISOString().slice(0, 19)}Z`,
    capabilities: {
      "code-insights": rest("insights/latest/capabilities"),
      navigation: rest("capabilities/navigation"),
      webhooks: rest("webhooks/latest/capabilities"),
      ...since714,
    },
  });
}

/** GET build/capabilities. */
export function getBuildCapabilities(): Answer {
  return json(200, { buildStatus: ["richBuildStatus"] });
}

/** GET admin/rate-limit/settings: any signed-in user may read it. */
export function getRateLimitSettings(call: Call): Answer {
  const { rateLimit, bucketCapacity, bucketFillRate } = call.instance.settings;
  return forSignedIn(call, () =>
    json(200, {
      enabled: rateLimit !== "off",
      defaultSettings: { capacity: bucketCapacity, fillRate: bucketFillRate },
    }),
  );
}

/** GET admin/rate-limit/settings/users/{slug}: the caller's own only, and 404 if the general one applies. */
export function getOwnRateLimitSettings(call: Call): Answer {
  return forSignedIn(call, (caller) => {
    const account = call.instance.world.personBySlug(param(call, "user"));
    if (!account) return noSuchUser(param(call, "user"));
    if (caller.account !== account) return notPermitted();
    if (!account.allowance) return noSuchResource();
    return json(200, { whitelisted: false, ...account.allowance, user: userView(call.instance, account) });
  });
}
