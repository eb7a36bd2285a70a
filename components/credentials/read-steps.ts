import type { CheckStep } from "@/lib/connectors/types";

// Most refusals and many checks are answered within this time, and then there are no steps to read.
const patienceMs = 200;

/**
 * Reads the steps of a check that this user has just started, until the check ends or `signal` is aborted. Never
 * throws.
 */
export async function readSteps(
  id: string,
  onStep: (step: CheckStep) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    await new Promise((resolve) => setTimeout(resolve, patienceMs));
    if (signal.aborted) return;
    const answer = await fetch(`/checks/${id}`, { signal });
    if (!answer.ok || !answer.body) return;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { value, done } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      // The lines come from our own server, in the format that its route writes.
      for (const line of lines) onStep(JSON.parse(line) as CheckStep);
    }
  } catch {
    // The form's answer came first, or the connection was cut: the answer contains everything these lines would.
  }
}
