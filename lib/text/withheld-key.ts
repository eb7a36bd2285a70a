/** The search parameter that says that an API key was removed from the URL. */
export const withheldParameter = "withheld";
