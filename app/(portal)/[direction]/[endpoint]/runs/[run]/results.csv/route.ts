import { resultsAs } from "../results";

/** The results of a destination's run as CSV, streamed; see `resultsAs`. */
export const GET = resultsAs("csv");
