/** How many characters a name has at most. */
export const nameMaxLength = 100;
/** How many characters a description has at most. */
export const descriptionMaxLength = 1000;
