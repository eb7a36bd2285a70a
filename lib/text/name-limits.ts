/** The longest name, in characters. */
export const nameMaxLength = 100;
/** The longest description, in characters. */
export const descriptionMaxLength = 1000;
