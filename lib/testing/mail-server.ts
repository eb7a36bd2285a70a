import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

export type ReceivedMail = { readonly to: string; readonly data: string };

/** A real SMTP server on this machine that stores what it takes (RFC 5321, without TLS). */
export type TestMailServer = {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** Every line that a client sent. */
  readonly lines: readonly string[];
  /** Answers to commands in place of the usual ones, such as `RCPT` with "550 No such user". */
  readonly answers: Map<string, string>;
  /** What happens between the end of an e-mail and the answer to it. */
  beforeTaken: () => Promise<unknown>;
  readonly close: () => Promise<void>;
};

const usual: Readonly<Record<string, string>> = {
  EHLO: "250-localhost\r\n250 AUTH PLAIN",
  AUTH: "235 Signed in",
  MAIL: "250 OK",
  RCPT: "250 OK",
  DATA: "354 Go on",
  STAR: "502 No TLS here",
  QUIT: "221 Bye",
};

/** Starts the server on all addresses of this machine. */
export async function startMailServer(): Promise<TestMailServer> {
  const mails: ReceivedMail[] = [];
  const lines: string[] = [];
  const answers = new Map<string, string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    const say = (text: string) => socket.write(`${text}\r\n`);
    let to = "";
    let data: string[] | null = null;
    say("220 localhost ESMTP");
    createInterface({ input: socket }).on("line", (line) => {
      lines.push(line);
      if (data && line !== ".") return data.push(line);
      if (data) {
        const taken = answers.get(".") ?? "250 Taken";
        if (taken.startsWith("250")) mails.push({ to, data: data.join("\n") });
        data = null;
        return running.beforeTaken().then(() => say(taken));
      }
      const command = line.slice(0, 4).toUpperCase();
      const answer = answers.get(command) ?? usual[command] ?? "250 OK";
      if (command === "RCPT") to = /<(.*)>/.exec(line)?.[1] ?? "";
      if (command === "DATA" && answer.startsWith("354")) data = [];
      return say(answer);
    });
  });
  server.listen(0);
  await once(server, "listening");
  // A listening TCP server's address has this shape; only pipes have a string.
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  };
  const running: TestMailServer = {
    ...{ port, mails, lines, answers, close },
    beforeTaken: async () => undefined,
  };
  return running;
}
