import { type Answer, page, redirect, text } from "./answer";
import { avatarOf } from "./avatar";
import type { SandboxRequest } from "./request";
import type { Caller } from "./sign-in";

const WHOAMI = "/plugins/servlet/applinks/whoami";

/** Paths outside the REST API: the web pages, of which only sign-in exists here. */
export function webAnswer(request: SandboxRequest, caller: Caller | null): Answer {
  const { instance, path } = request;
  if (path === "/login") return loginPage();
  // Always 200, and empty for anonymous callers; also for an API key, on versions where keys count only below /rest and
  // /scm.
  if (path === WHOAMI) return text(200, caller?.account.name ?? "");
  const pictured = /^\/users\/([^/]+)\/avatar\.png$/.exec(path)?.[1];
  const user = pictured === undefined ? undefined : instance.world.personBySlug(pictured);
  // Avatars need no sign-in, because public pages show them.
  if (user) return { status: 200, headers: { "Content-Type": "image/png" }, body: avatarOf(user) };
  if (!caller) return redirect(`${instance.baseUrl}/login?next=${encodeURIComponent(path)}`);
  return page(404, "Not found - Bitbucket", "<h1>The page you were looking for is not here</h1>");
}

function loginPage(): Answer {
  return page(
    200,
    "Log in - Bitbucket",
    "<h1>Log in to Bitbucket</h1><p>This is a stand-in: there is nothing to sign in to with a browser. " +
      'Accounts and API keys are listed in the <a href="/_sandbox">console</a>.</p>',
  );
}
