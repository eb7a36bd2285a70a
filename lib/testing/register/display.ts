import { bySignedIn, type DomainActions } from "./entry";

const chosen = { theme: "dark", density: "dense", times: "exact", zone: "UTC", dates: "en-GB" };

// Both change a cookie of the browser alone.
export const displayActions: DomainActions = {
  chooseDisplayAction: {
    calls: bySignedIn({ ...chosen, theme: "pink" }, "INVALID_INPUT theme"),
    leaves: [],
    arrange: async ({ owner }) => ({ as: owner, form: chosen }),
    mutations: {},
  },
  chooseThemeAction: {
    calls: bySignedIn({ theme: "dark" }, "ok"),
    leaves: [],
    arrange: async ({ owner }) => ({ as: owner, form: { theme: "dark" } }),
    mutations: {},
  },
};
