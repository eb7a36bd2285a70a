import { startPortal } from "./portal";
import { makePortalHome } from "./portal-home";
import { originVariable } from "./portal-variables";

/** One portal for the whole run, on its production build; each test has people of its own in it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const home = await makePortalHome();
  const portal = await startPortal(home.settings);
  process.env[originVariable] = portal.origin;
  return async () => {
    await portal.stop();
    await home.remove();
  };
}
