import { type Agent, request as askHttp, type IncomingHttpHeaders } from "node:http";
import { request as askHttps } from "node:https";

export interface AskOptions {
  method?: string;
  /** A complete Authorization header. */
  authorization?: string | undefined;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is already text. */
  body?: unknown;
  /** Without an agent, every request has its own connection. */
  agent?: Agent;
  /** The only certificate authority to trust over https. */
  ca?: string;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as JSON; throws if it is not JSON. */
  json: unknown;
}

/** Sends one request over http or https: follows no redirect, keeps no cookie. */
export function ask(url: string, options: AskOptions = {}): Promise<Reply> {
  const { method = "GET", authorization, headers = {}, body, agent, ca } = options;
  const sent = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = url.startsWith("https:") ? askHttps : askHttp;
    const outgoing = request(
      url,
      {
        method,
        agent: agent ?? false,
        ...(ca === undefined ? {} : { ca }),
        headers: {
          ...(authorization === undefined ? {} : { authorization }),
          ...(sent === undefined
            ? {}
            : {
                "content-type": "application/json",
                // Node.js sends no body with DELETE unless its length is given.
                "content-length": String(Buffer.byteLength(sent)),
              }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            get json(): unknown {
              return JSON.parse(text);
            },
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(sent);
  });
}

/** A Basic header in UTF-8, as browsers and Node.js send it. */
export function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`, "utf8").toString("base64")}`;
}

/** A Bearer header. */
export function bearer(key: string): string {
  return `Bearer ${key}`;
}
