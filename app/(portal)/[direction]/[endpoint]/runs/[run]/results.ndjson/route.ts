import { resultsAs } from "../results";

/** The results of a destination's run as NDJSON, streamed; see `resultsAs`. */
export const GET = resultsAs("ndjson");
