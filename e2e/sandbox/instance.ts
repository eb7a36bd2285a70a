import { randomBytes } from "node:crypto";
import type { Account } from "./accounts";
import { Allowances } from "./allowance";
import type { Answer } from "./answer";
import { Counters } from "./counters";
import { type Delivery, sendWhole } from "./delivery";
import { Disturbances } from "./disturbances";
import type { Group } from "./groups";
import { PageCache } from "./page-cache";
import type { SandboxRequest } from "./request";
import { type InstanceSettings, ordinarySettings, settingsSchema } from "./settings";
import type { Caller } from "./sign-in";
import { type ChangeGiven, type ChangeName, type ChangeResult, makeChange } from "./world/changes";
import { type Size, World } from "./world/world";

/** A proxy before Bitbucket, or a server in its place: responds, or lets the request pass. */
export type FrontProxy = (request: SandboxRequest) => Answer | "pass";

/** A proxy's change to a response on its way back. */
export type Alteration = (answer: Answer, request: SandboxRequest) => Answer;

/** The description of an instance before it starts. */
export interface InstanceDescription {
  /** The context path, "/" for the root. */
  path: string;
  /** The name in the journal and the controls; the context path unless several instances share that. */
  name?: string;
  group: Group;
  /** One line for the console: the purpose of this instance. */
  note: string;
  settings?: Partial<InstanceSettings>;
  proxy?: FrontProxy;
  alters?: Alteration;
  /** How its responses are sent, if that is the fault. */
  deliver?: Delivery;
}

/** Scheme, host and port of an instance, and the https origin of the same host. */
export interface Origins {
  origin: string;
  secureOrigin: string;
}

export const FAILURES_UNTIL_LOCK = 5;
const SESSIONS_KEPT = 500;

/** One running server: its settings and all its state, in memory only. */
export class Instance {
  readonly path: string;
  readonly name: string;
  readonly group: Group;
  readonly note: string;
  readonly proxy: FrontProxy;
  readonly alters: Alteration;
  readonly deliver: Delivery;
  /** Whether a proxy responds instead of Bitbucket, so that most settings have no effect. */
  readonly hasProxy: boolean;
  readonly baseUrl: string;
  readonly secureOrigin: string;
  /** What was told to go wrong. */
  readonly disturbances = new Disturbances();
  /** What was asked. */
  readonly counters = new Counters();
  readonly allowances = new Allowances();
  readonly pages = new PageCache();
  /** People as JSON text, which nearly every page repeats; they change with the settings only. */
  readonly userTexts = new Map<Account, string>();
  /** The time by which allowances fill and outages end; tests may move it. */
  now: () => number = Date.now;
  readonly size: Size;
  readonly #initial: InstanceSettings;
  readonly #failures = new Map<string, number>();
  readonly #sessions = new Map<string, Caller>();
  #settings: InstanceSettings;
  #world: World | null = null;

  constructor(description: InstanceDescription, { origin, secureOrigin }: Origins, size: Size = "small") {
    this.size = size;
    this.path = description.path;
    this.name = description.name ?? description.path;
    this.group = description.group;
    this.note = description.note;
    this.proxy = description.proxy ?? (() => "pass");
    this.alters = description.alters ?? ((answer) => answer);
    this.deliver = description.deliver ?? sendWhole;
    this.hasProxy = description.proxy !== undefined;
    this.baseUrl = origin + (description.path === "/" ? "" : description.path);
    this.secureOrigin = secureOrigin;
    this.#initial = settingsSchema.parse({
      ...ordinarySettings,
      // A large server would otherwise take hours to read for a client that keeps to the example allowance.
      ...(size === "large" ? { rateLimit: "off" } : {}),
      ...description.settings,
    });
    this.#settings = this.#initial;
  }

  get settings(): InstanceSettings {
    return this.#settings;
  }

  /** Changes some settings; throws a ZodError and changes nothing if one is invalid. */
  set(changes: Readonly<Record<string, unknown>>): void {
    this.#settings = settingsSchema.parse({ ...this.#settings, ...changes });
    this.userTexts.clear();
    this.pages.clear();
  }

  reset(): void {
    this.#settings = this.#initial;
    this.#failures.clear();
    this.#sessions.clear();
    this.#world = null;
    this.disturbances.clear();
    this.counters.clear();
    this.allowances.clear();
    this.userTexts.clear();
    this.pages.clear();
    this.now = Date.now;
  }

  /** What the server holds; made when it is first needed, and anew after a reset. */
  get world(): World {
    this.#world ??= new World(this.size);
    return this.#world;
  }

  /** Changes what the server holds; throws a ZodError or a RangeError, and then changes nothing. */
  change<Name extends ChangeName>(name: Name, given: ChangeGiven<Name>): ChangeResult<Name> {
    this.pages.clear();
    // The table's type cannot say that this name's result is that of its own function.
    return makeChange(this.world, name, given) as ChangeResult<Name>;
  }

  failuresOf(accountName: string): number {
    return this.#failures.get(accountName) ?? 0;
  }

  isLocked(accountName: string): boolean {
    return this.failuresOf(accountName) >= FAILURES_UNTIL_LOCK;
  }

  countFailure(accountName: string): void {
    this.#failures.set(accountName, this.failuresOf(accountName) + 1);
  }

  /** Clears the failed sign-ins of one account, or of all accounts. */
  clearFailures(accountName?: string): void {
    if (accountName === undefined) this.#failures.clear();
    else this.#failures.delete(accountName);
  }

  openSession(caller: Caller): string {
    const oldest = this.#sessions.keys().next().value;
    if (oldest !== undefined && this.#sessions.size >= SESSIONS_KEPT) this.#sessions.delete(oldest);
    const id = randomBytes(16).toString("hex").toUpperCase();
    this.#sessions.set(id, caller);
    return id;
  }

  callerOfSession(id: string): Caller | undefined {
    return this.#sessions.get(id);
  }
}
