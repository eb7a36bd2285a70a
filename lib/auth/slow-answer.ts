import { setTimeout as sleep } from "node:timers/promises";

const leastMs = 1_000;
const mostMs = 2_000;
const heldAtMost = 1_000;

let held = 0;

/**
 * Holds a refusal back for one to two seconds, so that whoever asks again and again without end does so a thousand times
 * slower, and not all at the same moment. A held answer costs a timer and a socket; beyond a thousand of them it goes out at
 * once.
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
