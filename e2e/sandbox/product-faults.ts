import { json, page, redirect, text, withHeaders } from "./answer";
import type { FaultRow } from "./fault-row";
import type { FrontProxy } from "./instance";

const jenkins: FrontProxy = () =>
  page(
    403,
    "Authentication required",
    "<meta http-equiv='refresh' content='1;url=/login'>Authentication required",
    {
      "X-Jenkins": "2.440",
    },
  );
const gitLab: FrontProxy = ({ instance }) =>
  withHeaders(redirect(`${instance.baseUrl}/users/sign_in`), { "X-Gitlab-Meta": "{}" });
const artifactory: FrontProxy = ({ path }) =>
  path.startsWith("/rest/")
    ? json(404, { errors: [{ status: 404, message: "Not Found" }] })
    : json(
        401,
        { errors: [{ status: 401, message: "Bad credentials" }] },
        {
          "WWW-Authenticate": 'Basic realm="Artifactory Realm"',
        },
      );

const xml404 =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><status><status-code>404</status-code><message>HTTP 404 Not Found</message></status>';
const lacks =
  (missing: ReturnType<typeof json>): FrontProxy =>
  ({ path }) =>
    path.endsWith("/application-properties") ? missing : "pass";

/** A host's root that redirects to Bitbucket's context path. */
const moved: FrontProxy = ({ instance, path }) =>
  path === "/"
    ? redirect(`${new URL(instance.baseUrl).origin}/bitbucket`, 301)
    : page(404, "Not found", "<h1>Not found</h1>");
const movedWithPath: FrontProxy = ({ instance, path }) =>
  redirect(`${new URL(instance.baseUrl).origin}/bitbucket${path}`, 308);
const renamed: FrontProxy = ({ path }) => redirect(`https://git.fernwood.example/code${path}`, 301);

/** Other servers at the address, with Bitbucket at another one. */
export const productRows: readonly FaultRow[] = [
  ["/jenkins", "Jenkins, not Bitbucket", jenkins],
  ["/gitlab", "GitLab, not Bitbucket", gitLab],
  ["/artifactory", "Artifactory, not Bitbucket: its errors are a list too", artifactory],
  [
    "/routes-xml",
    "A Bitbucket without that route, which says so in XML",
    lacks({ ...text(404, xml404), headers: { "Content-Type": "application/xml" } }),
  ],
  [
    "/routes-json",
    "The same in JSON",
    lacks(json(404, { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 })),
  ],
  ["/moved", "A host whose root leads to the context path", moved],
  ["/moved-path", "Every path leads to the same one below the context path", movedWithPath],
  ["/renamed", "Leads to https under another name", renamed],
];
