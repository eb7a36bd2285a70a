import { type BaseUrlRefusal, refuseAddress } from "@/lib/connectors/base-url-diagnosis";

const cloudDomains = ["bitbucket.org", "bitbucket.io"];
/** Atlassian's own pages, and its cloud sites, which have Jira and Confluence but never Bitbucket. */
const atlassianDomains = ["atlassian.net", "jira.com", "atlassian.com"];

const otherGitHosts: readonly (readonly [domain: string, name: string])[] = [
  ["github.com", "GitHub"],
  ["gitlab.com", "GitLab"],
  ["dev.azure.com", "Azure DevOps"],
  ["visualstudio.com", "Azure DevOps"],
  ["azure.com", "Azure"],
  ["ghe.com", "GitHub"],
  ["githubusercontent.com", "GitHub"],
  ["codeberg.org", "Codeberg"],
  ["gitee.com", "Gitee"],
  ["sourceforge.net", "SourceForge"],
  ["sr.ht", "SourceHut"],
];

/** The refusal of a host or path that cannot be a Bitbucket Server; null for all others. */
export function foreignAddress(hostname: string, pathname: string): BaseUrlRefusal | null {
  return foreignHost(hostname, pathname) ?? foreignPath(pathname);
}

/** Refuses hosts that are known not to be a Bitbucket Server, whatever their path; null for all others. */
function foreignHost(hostname: string, pathname: string): BaseUrlRefusal | null {
  const host = hostname.replace(/\.$/, "");
  const isWithin = (domain: string) => host === domain || host.endsWith(`.${domain}`);
  if (cloudDomains.some(isWithin)) {
    return refuseAddress(
      "BITBUCKET_CLOUD",
      "This is Bitbucket Cloud. This connector is for Bitbucket Server, which your company runs under its own address.",
    );
  }
  if (atlassianDomains.some(isWithin)) return atlassianSite(isWithin("atlassian.com"), pathname);
  const other = otherGitHosts.find(([domain]) => isWithin(domain))?.[1];
  return other === undefined
    ? null
    : refuseAddress("OTHER_GIT_HOST", `This is ${other}. Enter the address of your Bitbucket Server.`);
}

function atlassianSite(isOwnSite: boolean, pathname: string): BaseUrlRefusal {
  const product = /^\/wiki(?:\/|$)/.test(pathname) ? "Confluence" : "Jira or Confluence";
  return refuseAddress(
    "OTHER_ATLASSIAN_PRODUCT",
    isOwnSite
      ? "This is Atlassian's own site. Enter the address of your Bitbucket Server."
      : `This is ${product} in Atlassian's cloud. Enter the address of your Bitbucket Server.`,
  );
}

/** Refuses links into Jira and Confluence by paths that Bitbucket does not have; null for all others. */
function foreignPath(pathname: string): BaseUrlRefusal | null {
  const name = foreignProduct(pathname.split("/").filter((segment) => segment !== ""));
  return name === null
    ? null
    : refuseAddress(
        "OTHER_ATLASSIAN_PRODUCT",
        `This is a link into ${name}. Enter the address of your Bitbucket Server.`,
      );
}

function foreignProduct(segments: readonly string[]): "Jira" | "Confluence" | null {
  const [first = "", second = "", third = ""] = segments;
  for (const [here, next] of [
    [first, second],
    [second, third],
  ] as const) {
    if (here === "browse" && /^[A-Z][A-Z0-9_]+-\d+$/.test(next) && isFirstOrContext(first)) return "Jira";
    if (here === "secure" && next.endsWith(".jspa")) return "Jira";
    if (here === "display" && next !== "" && isFirstOrContext(first)) return "Confluence";
    if (here === "pages" && next.endsWith(".action")) return "Confluence";
  }
  // A context path's name alone proves nothing; the check tests what answers there.
  if (second === "") return null;
  if (first === "jira") return "Jira";
  return first === "wiki" || first === "confluence" ? "Confluence" : null;
}

/** "projects/KEY/…" and the like are Bitbucket's own, even with a page named "browse" below them. */
function isFirstOrContext(first: string): boolean {
  return !["projects", "users", "scm", "rest"].includes(first);
}
