import { fork } from "node:child_process";
import { join } from "node:path";

type Handlers = Readonly<Record<string, (input: never) => Promise<unknown>>>;
type Question = { readonly id: number; readonly name: string; readonly input: unknown };
type Reply = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** In a child process: answers the parent's questions, and ends with it. */
export function serveParent(handlers: Handlers): void {
  process.on("disconnect", () => process.exit(0));
  process.on("message", async ({ id, name, input }: Question) => {
    const reply = (answer: Omit<Reply, "id">) => process.send?.({ id, ...answer });
    try {
      // Both sides are written together: each question has the input of its handler.
      const value = await handlers[name]?.(input as never);
      reply({ value });
    } catch (error) {
      reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.send?.({ id: 0 });
}

/** A process of the bench's own. */
export type BenchProcess = {
  readonly pid: number;
  readonly ask: <Answer>(name: string, input?: unknown) => Promise<Answer>;
  readonly stop: () => void;
};

/** Starts a script of this folder in a process of its own, and resolves once it can be asked. */
export async function startProcess(
  script: string,
  env: Readonly<Record<string, string>> = {},
  execArgv: readonly string[] = [],
): Promise<BenchProcess> {
  const child = fork(join(import.meta.dirname, script), {
    cwd: join(import.meta.dirname, ".."),
    execArgv: ["--import", "tsx", "--conditions=react-server", ...execArgv],
    env: { ...process.env, ...env },
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let last = 0;
  const next = () =>
    new Promise<unknown>((resolve, reject) => {
      waiting.set(last, { resolve, reject });
    });
  child.on("message", ({ id, value, error }: Reply) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(error));
  });
  child.on("exit", (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${script} ended with ${code}`));
  });
  await next();
  return {
    pid: child.pid ?? 0,
    ask: async <Answer>(name: string, input: unknown = null) => {
      last += 1;
      const answer = next();
      child.send({ id: last, name, input });
      // The handler of that name returns it.
      return (await answer) as Answer;
    },
    stop: () => {
      if (child.connected) child.disconnect();
    },
  };
}
