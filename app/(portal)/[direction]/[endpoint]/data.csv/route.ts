import { downloadAs } from "../download";

/** The data set as CSV, streamed; see `downloadAs`. */
export const GET = downloadAs("csv");
