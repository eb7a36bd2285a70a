/** Why the demo did not start, for its user at the terminal: what happened and what to do. */
export type DemoFailure = { readonly happened: string; readonly cure: string };

/** A cause found by the demo itself; its message names the cure. */
export class DemoRefusal extends Error {
  override name = "DemoRefusal";
  constructor(readonly failure: DemoFailure) {
    super(`${failure.happened} ${failure.cure}`);
  }
}

type Known = readonly [pattern: RegExp, failure: (found: RegExpExecArray) => DemoFailure];

/** Recognised by the output of a portal that does not start (lib/start.ts), or of Node.js when it cannot listen. */
const known: readonly Known[] = [
  [
    /listen EADDRINUSE[^\n]*?:(\d+)$/m,
    ([, port = ""]) => ({
      happened: `Port ${port} is in use.`,
      cure: `End what listens there, or choose other ports: PORT=${Number(port) + 1} SANDBOX_PORT=${Number(port) + 2} npm run demo`,
    }),
  ],
  [
    /FolderInUseError/,
    () => ({
      happened: "The demo's database is open in another process, probably another demo.",
      cure: "End that one with Ctrl+C in its terminal, then start again.",
    }),
  ],
  [
    /EnvironmentError: Latchkey cannot start:\s+([^\n]+)/,
    ([, problem = ""]) => ({
      happened: `A setting is wrong: ${problem.trim()}.`,
      cure: "Correct or unset that variable, then start again.",
    }),
  ],
  [
    /KeysRefusedError/,
    () => ({
      happened: "The demo's database was made with other keys than these.",
      cure: "Remove the folder .data/demo (and with DATABASE_URL that database), then start again.",
    }),
  ],
  [
    /SchemaTooNewError/,
    () => ({
      happened: "The demo's database was made by a newer Latchkey.",
      cure: "Remove the folder .data/demo, or start that version.",
    }),
  ],
  [
    /DatabaseUnreachableError: ([^\n]+)/,
    ([, problem = ""]) => ({
      happened: problem,
      cure: "Start that server or correct DATABASE_URL; without it the demo brings its own database.",
    }),
  ],
  [
    /DiskFullError|ENOSPC|No space left on device/,
    () => ({ happened: "The disk is full.", cure: "Make room in this folder, then start again." }),
  ],
  [
    /EACCES|EPERM|EROFS/,
    () => ({
      happened: "This folder cannot be written to.",
      cure: "Run the demo where you may write; it keeps its data in .data/demo.",
    }),
  ],
  [
    /Could not find a production build|ENOENT[^\n]*\.next/,
    () => ({
      happened: "The portal's build is incomplete.",
      cure: "Remove the folder .next, then start again.",
    }),
  ],
  [
    /did not answer within a minute/,
    () => ({
      happened: "The portal did not answer within a minute.",
      cure: "Start again; if it stays like this, this machine may be too busy.",
    }),
  ],
];

/** Explains any start error in at most three lines. `keptIn` names the file with the full output. */
export function explainFailure(error: unknown, keptIn: string): string {
  const { happened, cure } = failureOf(error);
  return `The demo could not start. ${oneLine(happened)}\n${oneLine(cure)}\nEverything that was printed is in ${keptIn}\n`;
}

function failureOf(error: unknown): DemoFailure {
  if (error instanceof DemoRefusal) return error.failure;
  const text = error instanceof Error ? error.message : String(error);
  for (const [pattern, failure] of known) {
    const found = pattern.exec(text);
    if (found) return failure(found);
  }
  return {
    happened: `The portal ended: ${lastWords(text)}`,
    cure: "Remove the folders .next and .data/demo, then start again.",
  };
}

// An error's first line carries its message; stack frames and empty lines do not.
function lastWords(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return (
    lines.find((line) => /\bError\b/.test(line)) ??
    lines.filter((line) => line && !/^at /.test(line)).at(-1) ??
    ""
  );
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
