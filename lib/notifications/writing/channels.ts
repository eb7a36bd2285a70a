import type { NewsKind } from "@/lib/notifications/news";

/** The ways by which a user hears of something. */
export const channels = ["inbox", "email", "webhook"] as const;
export type Channel = (typeof channels)[number];

/** A choice that a user made about a kind; without one, the default counts. */
export type Choice = { readonly kind: NewsKind; readonly channel: Channel; readonly isOn: boolean };

/** What is sent by e-mail unless the user chooses otherwise: what needs them to act. */
const mailedByDefault: Readonly<Record<NewsKind, boolean>> = {
  "credential-rejected": true,
  "credential-locked": true,
  "key-ends": true,
  "server-unreachable": false,
  "server-back": false,
  "certificate-ends": true,
  "run-failed": true,
  "run-incomplete": false,
  "endpoint-paused": true,
  shared: false,
  unshared: false,
  "ownership-offered": true,
  "new-sign-in": true,
  "password-changed": true,
  "webhook-stopped": true,
};

/** Whether a user who chose nothing hears of this kind by this channel. */
export function isOnByDefault(kind: NewsKind, channel: Channel): boolean {
  return channel === "email" ? mailedByDefault[kind] : true;
}

/** Whether a user with these choices hears of this kind by this channel. */
export function isOn(choices: readonly Choice[], kind: NewsKind, channel: Channel): boolean {
  const choice = choices.find((one) => one.kind === kind && one.channel === channel);
  return choice?.isOn ?? isOnByDefault(kind, channel);
}

/** The name of a checkbox in the form of choices. */
export function choiceField(kind: string, channel: Channel): string {
  return `${kind}.${channel}`;
}
