/** The largest file, in bytes. */
export const largestFileBytes = 200 * 1024 * 1024;

/** The most records of a file. */
export const mostRecords = 1_000_000;

/** The most columns of a file. */
export const mostColumns = 500;

/** The largest record, in bytes. */
export const largestRecordBytes = 1024 * 1024;

/** The most bad lines that are named; after them, a file is not read further. */
export const mostBadLines = 20;

/** The longest name of a column, in characters. */
export const longestColumnName = 200;

/** The most levels of a record's JSON; more would exhaust the stack of whatever reads it. */
export const deepestLevels = 100;
