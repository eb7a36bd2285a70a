import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signUpSomebody } from "./fixtures";
import { startPortal } from "./portal";
import { makeEmptyHome, makePortalHome, shareAsTemplate } from "./portal-home";
import { administratorVariable, claimsVariable, originVariable } from "./portal-variables";

/** One portal, a production build, for the whole run; each test makes its own users in it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const claims = await mkdtemp(join(tmpdir(), "latchkey-e2e-claims-"));
  process.env[claimsVariable] = claims;
  const template = await makeEmptyHome();
  await (await startPortal(template.settings)).stop();
  shareAsTemplate(template);
  const home = await makePortalHome();
  const portal = await startPortal(home.settings);
  process.env[originVariable] = portal.origin;
  // The first account is the portal's administrator, so it is made before the tests make others.
  const { client: _, ...administrator } = await signUpSomebody(portal.origin);
  process.env[administratorVariable] = JSON.stringify(administrator);
  return async () => {
    await portal.stop();
    await home.remove();
    await template.remove();
    await rm(claims, { recursive: true, force: true });
  };
}
