import { Agent, request } from "node:http";
import { z } from "zod";

/** The order for a flood: where and as which user to sign in, over how many connections, from one address or many. */
const orderSchema = z.object({
  origin: z.string(),
  cookie: z.string(),
  csrfToken: z.string(),
  email: z.string(),
  connections: z.number(),
  addresses: z.enum(["one", "many"]),
});

export type FloodOrder = z.output<typeof orderSchema>;

/** The result sent when the flood is stopped: the number of responses per status. */
export type FloodTold = { answers: Record<string, number> };

let isOver = false;
let sent = 0;
const answers: Record<string, number> = {};

/** Sends failing sign-ins over each connection as fast as the portal answers, without a pause. */
async function flood(order: FloodOrder): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
  const clients = Array.from({ length: order.connections }, async () => {
    while (!isOver) {
      const status = await attempt(order, agent);
      answers[status] = (answers[status] ?? 0) + 1;
    }
  });
  await Promise.all(clients);
  agent.destroy();
}

function attempt({ origin, cookie, csrfToken, email, addresses }: FloodOrder, agent: Agent): Promise<string> {
  sent += 1;
  const address =
    addresses === "one" ? "203.0.113.9" : `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`;
  // Half of the attempts name an existing account, half an unknown one.
  const typed = sent % 2 === 0 ? email : `nobody-${sent}@example.com`;
  const body = new URLSearchParams({
    csrfToken,
    callbackUrl: "/",
    email: typed,
    password: `guess ${sent}`,
  }).toString();
  const headers = {
    origin,
    cookie,
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
    "x-forwarded-for": address,
  };
  return new Promise((resolve) => {
    const requested = request(
      `${origin}/api/auth/callback/credentials`,
      { method: "POST", agent, headers },
      (answer) => {
        answer.resume();
        answer.once("end", () => resolve(String(answer.statusCode)));
        answer.once("error", () => resolve("cut off"));
      },
    );
    requested.once("error", () => resolve("no answer"));
    requested.end(body);
  });
}

process.once("message", (message) => {
  const order = orderSchema.parse(message);
  process.once("message", () => {
    isOver = true;
  });
  void flood(order).then(() => {
    const told: FloodTold = { answers };
    process.send?.(told);
    process.disconnect();
  });
});
