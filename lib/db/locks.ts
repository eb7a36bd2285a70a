/**
 * All advisory locks of Latchkey, in one list so that no two jobs share a number by accident. All versions that may
 * run side by side must agree on them.
 */
export const advisoryLocks = {
  migrate: 5_218_006_311,
  dataKeys: 5_218_006_312,
  firstAccount: 5_218_006_313,
  auditHead: 5_218_006_314,
  jobQueues: 5_218_006_315,
  failedSignIns: 5_218_006_318,
} as const;
