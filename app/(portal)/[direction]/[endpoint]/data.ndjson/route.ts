import { downloadAs } from "../download";

/** The data set as NDJSON, streamed; see `downloadAs`. */
export const GET = downloadAs("ndjson");
