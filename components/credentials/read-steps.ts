import type { CheckStep } from "@/lib/connectors/types";

// Most refusals and many checks are answered sooner, and then there is nothing to read.
const patienceMs = 200;

/** Reads the steps of a check that this person has just started, until it ends or `signal` is aborted. Never throws. */
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
      // Our own server's, in the shape that the route writes.
      for (const line of lines) onStep(JSON.parse(line) as CheckStep);
    }
  } catch {
    // The form was answered first, or the connection was cut: the answer says all that these lines would have said.
  }
}
