import type { Action, ActionCatalogue } from "@/lib/connectors/action";
import { actionCatalogueOf } from "@/lib/connectors/action-catalogues";
import type {
  ActionSender,
  Call,
  Item,
  ItemResult,
  Move,
  OpenedDestination,
  SendAnswer,
  SendMeaning,
} from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { Writing } from "@/lib/deliveries/engine/writing";

/** A thing on the stand-in: what a delivery wrote. */
export type FakeThing = {
  readonly id: number;
  version: number;
  readonly marker: string;
  place: string;
  text: string;
};

type Hook = (call: Call, by: string) => SendMeaning | null | Promise<SendMeaning | null>;

/**
 * A server without a network, for tests of deliveries: things by their markers. `hook` may answer in its place; `cuts`
 * says whether the line breaks after a write was done. Keeps all calls.
 */
export class FakeDestination {
  readonly things: FakeThing[] = [];
  readonly calls: Call[] = [];
  hook: Hook = () => null;
  cuts: (call: Call) => boolean = () => false;
  delayMs = 0;
  atOnce = 0;
  mostAtOnce = 0;
  readonly #action: Partial<Action>;

  /** `action` changes the one action, such as to send records together. */
  constructor(action: Partial<Action> = {}) {
    this.#action = action;
  }

  /** The engine's way to this server. */
  readonly writing: Writing = {
    catalogueOf: (kind): ActionCatalogue => {
      const catalogue = actionCatalogueOf(kind);
      const actions = catalogue.actions.map((action) =>
        action.id === "pull-request-comment" ? { ...action, ...this.#action } : action,
      );
      return { ...catalogue, actions };
    },
    senderOf: () => (this.#action.together ? groupSender : singleSender),
    openDestination: async (_kind, _egress, target): Promise<OpenedDestination> => {
      const by = target.signIn.scheme === "basic" ? target.signIn.username : "key";
      const send = (call: Call) => this.#answer(call, by);
      return { ok: true, destination: { send, close: async () => undefined } };
    },
  };

  /** The calls that changed something, or tried to. */
  writes(): Call[] {
    return this.calls.filter(({ method }) => method !== "GET");
  }

  async #answer(call: Call, by: string): Promise<SendMeaning> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    try {
      this.calls.push(call);
      const hooked = await this.hook(call, by);
      // A turn for the others, as a network gives it.
      await new Promise((resolve) =>
        this.delayMs > 0 ? setTimeout(resolve, this.delayMs) : setImmediate(resolve),
      );
      if (hooked) return hooked;
      const answer = this.#perform(call);
      return call.method !== "GET" && this.cuts(call) ? { kind: "lost", reason: "UNREACHABLE" } : answer;
    } finally {
      this.atOnce -= 1;
    }
  }

  #perform({ method, path, query, body }: Call): SendMeaning {
    // Only the senders below make these bodies.
    const given = (body ?? {}) as {
      marker: string;
      place: string;
      text: string;
      version: number;
      things: FakeThing[];
    };
    if (method === "GET") {
      return done({ found: this.things.find(({ marker }) => marker === query.marker) ?? null });
    }
    if (path === "/group") {
      for (const { marker, place, text } of given.things) this.#put(marker, place, text);
      return done({});
    }
    if (method === "POST") {
      return done({ ...this.#add(given.marker, given.place, given.text) });
    }
    const thing = this.things.find(({ id }) => path === `/things/${id}`);
    if (!thing) return { kind: "missing", problems: [{ field: null, message: "There is no such thing." }] };
    if (thing.version !== given.version) {
      return {
        kind: "rejected",
        status: 409,
        problems: [{ field: null, message: "Out of date." }],
        body: null,
      };
    }
    thing.version += 1;
    thing.text = given.text;
    return done({ ...thing });
  }

  #put(marker: string, place: string, text: string): void {
    const thing = this.things.find((one) => one.marker === marker);
    if (thing) thing.text = text;
    else this.#add(marker, place, text);
  }

  #add(marker: string, place: string, text: string): FakeThing {
    const thing = { id: this.things.length + 1, version: 0, marker, place, text };
    this.things.push(thing);
    return thing;
  }
}

function done(body: JsonObject): SendMeaning {
  return { kind: "done", status: 201, body };
}

const placeOf = ({ values }: Item) => `${String(values.repository)}/${String(values.pullRequest)}`;
const textOf = ({ values }: Item) => String(values.text);

function post(item: Item): Move {
  const body = { marker: item.marker, place: placeOf(item), text: textOf(item) };
  return {
    kind: "write",
    call: { method: "POST", path: "/things", query: {}, body },
    state: { step: "written" },
    of: [0],
  };
}

function put(item: Item, answer: JsonObject): Move {
  const call = {
    ...({ method: "PUT", path: `/things/${String(answer.id)}`, query: {} } as const),
    body: { version: Number(answer.version), text: textOf(item) },
  };
  return { kind: "write", call, state: { step: "written" }, of: [0] };
}

/** Writes a thing for each record; looks for its marker after a lost answer. */
const singleSender: ActionSender = {
  begin: (_context, items) => {
    const item = only(items);
    if (item.past.kind === "new") return post(item);
    if (item.past.kind === "sent") return put(item, item.past.answer);
    const call = { method: "GET", path: "/things", query: { marker: item.marker } } as const;
    return { kind: "ask", call, state: { step: "looked" } };
  },
  next: (_context, items, { step }, answer) => {
    const item = only(items);
    if (step === "looked" && answer.kind === "done") {
      const { found } = answer.body as { found: FakeThing | null };
      if (found === null) return post(item);
      const { id, version, text } = found;
      return text === textOf(item)
        ? all({ result: "already", answer: { id, version } })
        : put(item, { id, version });
    }
    return all(resultOf(answer));
  },
};

/** Writes all things of a group with one call, each over what stands. */
const groupSender: ActionSender = {
  begin: (_context, items) => {
    const things = items.map((item) => ({ marker: item.marker, place: placeOf(item), text: textOf(item) }));
    const call = { method: "POST", path: "/group", query: {}, body: { things } } as const;
    return { kind: "write", call, state: {}, of: items.map((_, at) => at) };
  },
  next: (_context, items, _state, answer) => ({ kind: "done", results: items.map(() => resultOf(answer)) }),
};

function resultOf(answer: SendAnswer): ItemResult {
  if (answer.kind === "assumed") return { result: "sent", status: 201, answer: { id: 0, version: 0 } };
  if (answer.kind !== "done") {
    const status = answer.kind === "rejected" ? answer.status : answer.kind === "denied" ? 401 : 404;
    const problems = answer.kind === "no-address" ? [] : answer.problems;
    return { result: "rejected", status, problems, cure: null };
  }
  const { id = 0, version = 0 } = answer.body as { id?: number; version?: number };
  return { result: "sent", status: answer.status, answer: { id, version } };
}

function all(result: ItemResult): Move {
  return { kind: "done", results: [result] };
}

function only(items: readonly Item[]): Item {
  const [item] = items;
  if (!item) throw new Error("no item");
  return item;
}
