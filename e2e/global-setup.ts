import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPortal } from "./portal";
import { makeEmptyHome, makePortalHome, shareAsTemplate } from "./portal-home";
import { claimsVariable, originVariable } from "./portal-variables";
import { seedAccounts } from "./seeded-accounts";

/** One portal, a production build, for the whole run; each test takes users of its own. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const claims = await mkdtemp(join(tmpdir(), "latchkey-e2e-claims-"));
  process.env[claimsVariable] = claims;
  const template = await makeEmptyHome();
  await (await startPortal(template.settings)).stop();
  shareAsTemplate(template);
  const home = await makePortalHome();
  await seedAccounts(home);
  const portal = await startPortal(home.settings);
  process.env[originVariable] = portal.origin;
  return async () => {
    await portal.stop();
    await home.remove();
    await template.remove();
    await rm(claims, { recursive: true, force: true });
  };
}
