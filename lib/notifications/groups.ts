import type { NewsKind } from "./news";

type Row = { readonly kind: NewsKind; readonly label: string };

/** Kinds of messages, in the groups and words of a page. */
export type NewsGroups = readonly { readonly title: string; readonly kinds: readonly Row[] }[];

/** All kinds, in the groups and words of the page where users choose channels. */
export const newsGroups: NewsGroups = [
  {
    title: "Credentials",
    kinds: [
      { kind: "credential-rejected", label: "The server refuses the secret" },
      { kind: "credential-locked", label: "The server locks the account" },
      { kind: "key-ends", label: "An API key ends in 30, 7 or 1 days, or has ended" },
    ],
  },
  {
    title: "Servers",
    kinds: [
      { kind: "server-unreachable", label: "A server cannot be reached" },
      { kind: "server-back", label: "A server can be reached again" },
      { kind: "certificate-ends", label: "A certificate ends in 30, 7 or 1 days, or has ended" },
    ],
  },
  {
    title: "Sources and destinations",
    kinds: [
      { kind: "run-failed", label: "A run fails" },
      { kind: "run-incomplete", label: "A run leaves parts out" },
      { kind: "endpoint-paused", label: "A schedule pauses itself" },
    ],
  },
  {
    title: "Sharing",
    kinds: [
      { kind: "shared", label: "Something is shared with you" },
      { kind: "unshared", label: "Your access is taken back" },
      { kind: "ownership-offered", label: "You are offered a credential" },
    ],
  },
  {
    title: "Your account",
    kinds: [
      { kind: "new-sign-in", label: "A sign-in from a new browser" },
      { kind: "password-changed", label: "Your password was changed" },
      { kind: "webhook-stopped", label: "A webhook, or your team's e-mail address, was stopped" },
    ],
  },
];
