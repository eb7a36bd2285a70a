import { downloadAs } from "../download";

/** The data set as PARQUET, streamed; see `downloadAs`. */
export const GET = downloadAs("parquet");
