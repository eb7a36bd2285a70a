import { certificateServers } from "./certificate-servers";
import { Connections } from "./connections";
import { Instance } from "./instance";
import { instanceDescriptions } from "./instances";
import { Journal } from "./journal";
import type { Size } from "./world/world";
import { WriteJournal } from "./write-journal";

/** What the sandbox knows once its ports are open. */
export interface Surroundings {
  origin: string;
  secureOrigins: ReadonlyMap<string, string>;
  sshPort: number;
  caCertificate: string;
  /** How much each server holds. */
  size: Size;
}

/** All state of a running sandbox. */
export class SandboxState {
  readonly journal = new Journal();
  readonly writes = new WriteJournal();
  readonly connections = new Connections();
  readonly instances: readonly Instance[];
  readonly root: Instance;
  readonly origin: string;
  readonly sshPort: number;
  readonly caCertificate: string;

  constructor({ origin, secureOrigins, sshPort, caCertificate, size }: Surroundings) {
    this.origin = origin;
    this.sshPort = sshPort;
    this.caCertificate = caCertificate;
    const secureOrigin = secureOrigins.get("tls:good") ?? origin;
    const secure = certificateServers.map(({ name, note }) => {
      const own = secureOrigins.get(name) ?? secureOrigin;
      const description = { path: "/", name, note, group: "Certificates" } as const;
      return new Instance(description, { origin: own, secureOrigin: own }, size);
    });
    const plain = instanceDescriptions.map((one) => new Instance(one, { origin, secureOrigin }, size));
    this.instances = [...plain, ...secure];
    this.root = this.instance("/");
  }

  find(name: string): Instance | undefined {
    return this.instances.find((one) => one.name === name);
  }

  /** The instance with this name, usually its context path; throws if there is none. */
  instance(name: string): Instance {
    const found = this.find(name);
    if (!found) throw new Error(`the sandbox has no instance at ${name}`);
    return found;
  }

  /** Restores the initial settings, locks, sessions and written data, and empties the journal. */
  reset(): void {
    for (const instance of this.instances) instance.reset();
    this.journal.clear();
    this.writes.clear();
  }
}
