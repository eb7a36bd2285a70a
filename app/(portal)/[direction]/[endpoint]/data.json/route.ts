import { downloadAs } from "../download";

/** The data set as JSON, streamed; see `downloadAs`. */
export const GET = downloadAs("json");
