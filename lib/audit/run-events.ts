/** The events of runs and downloads. The subject is the source or destination. Counts only, never contents. */
export type RunEvent =
  | {
      event: "run.requested";
      subjectId: string;
      // `kind`: of a destination. `picked`: only results of an earlier run, by that run's id.
      details: {
        runId: string;
        name: string;
        mode: "all" | "new";
        trigger: "user" | "schedule";
        kind?: "write" | "dry-run";
        picked?: string;
      };
    }
  | { event: "run.cancelled"; subjectId: string; details: { runId: string; name: string } }
  | {
      event: "run.ended";
      subjectId: string;
      // Of a source, the counts of its records and parts; of a destination, `kind` and the counts of its deliveries.
      details: {
        runId: string;
        name: string;
        state: "succeeded" | "incomplete" | "failed" | "cancelled";
        reason: string | null;
        received: number;
        added: number;
        changed: number;
        deleted: number;
        skipped: number;
        failed: number;
        calls: number;
        kind?: "write" | "dry-run";
        deliveries?: DeliveryCounts;
      };
    }
  // It had failed for long.
  | { event: "run.schedule-paused"; subjectId: string; details: { name: string; failures: number } }
  // Recorded at the end of the download, or where it broke off.
  | {
      event: "dataset.downloaded";
      subjectId: string;
      details: {
        name: string;
        format: "ndjson" | "csv" | "json" | "parquet";
        after: number | null;
        records: number;
        isComplete: boolean;
      };
    }
  // The subject is the file.
  | {
      event: "upload.received";
      subjectId: string;
      details: { name: string; format: "ndjson" | "csv" | "json"; bytes: number; records: number };
    }
  | {
      event: "deliveries.downloaded";
      subjectId: string;
      // `result`: the one that the download was limited to.
      details: {
        runId: string;
        name: string;
        format: "ndjson" | "csv";
        result: string | null;
        records: number;
        isComplete: boolean;
      };
    };

/** How many records a destination's run took, and how many of them have each result. */
export type DeliveryCounts = {
  readonly taken: number;
  readonly wouldSend: number;
  readonly sent: number;
  readonly alreadyThere: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly unknown: number;
  readonly held: number;
};
