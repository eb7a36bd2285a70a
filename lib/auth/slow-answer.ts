import { setTimeout as sleep } from "node:timers/promises";

const leastMs = 1_000;
const mostMs = 2_000;
const heldAtMost = 1_000;

let held = 0;

/**
 * Holds a refusal back for one to two seconds, so that endless repetition is a thousand times slower, and spread out.
 * A held response costs a timer and a socket; beyond a thousand of them it is sent at once.
 */
export async function holdBack(): Promise<void> {
  if (held >= heldAtMost) return;
  held += 1;
  try {
    await sleep(leastMs + Math.random() * (mostMs - leastMs));
  } finally {
    held -= 1;
  }
}
