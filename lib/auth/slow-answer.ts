import { setTimeout as sleep } from "node:timers/promises";

const pauseMs = 1_000;
const heldAtMost = 1_000;

let held = 0;

/**
 * Holds a refusal back for a second, so that whoever asks again and again without end does so a thousand times slower. A held
 * answer costs a timer and a socket; beyond a thousand of them it goes out at once.
 */
export async function holdBack(): Promise<void> {
  if (held >= heldAtMost) return;
  held += 1;
  try {
    await sleep(pauseMs);
  } finally {
    held -= 1;
  }
}
