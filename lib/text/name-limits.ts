/** The longest name, in characters. */
export const nameMaxLength = 100;
/** The longest description, in characters. */
export const descriptionMaxLength = 1000;
/** The longest tag, in characters. */
export const tagMaxLength = 32;
/** How many tags a credential has at most. */
export const mostTags = 10;
