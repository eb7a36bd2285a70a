import type { Words } from "@/lib/connectors/failures";
import type { AddressCause } from "@/lib/connectors/types";

type AddressWords = Omit<Words, "field">;

/** Texts for addresses that the portal may not call; a user can carry out each instruction. */
export const addressWords: Readonly<Record<AddressCause, AddressWords>> = {
  loopback: {
    title: "This address leads to the portal's own machine",
    cure: "For the portal, localhost is the machine that it runs on, and not yours. Enter the name by which other machines reach Bitbucket.",
    whose: "you",
  },
  "loopback-name": {
    title: "The portal's machine takes this name for its own",
    cure: "A line in its /etc/hosts, such as the one for 127.0.1.1, often does that. The portal's administrator can enter the address there by which other machines reach Bitbucket.",
    whose: "the portal's administrator",
  },
  "link-local": {
    title: "This address reaches no further than one cable",
    cure: "Machines give themselves such an address (169.254.… or fe80:…) when they got none. Ask your network's administrator for the server's real address.",
    whose: "your network",
  },
  metadata: {
    title: "This address belongs to a cloud provider's own services",
    cure: "The portal never calls it. Enter the address at which you open Bitbucket in the browser.",
    whose: "you",
  },
  unspecified: {
    title: "This address is no machine's",
    cure: "Filters answer 0.0.0.0 or :: for names that they block. Ask your network's administrator to let the portal look this name up.",
    whose: "your network",
  },
  multicast: {
    title: "This address is for many machines at once",
    cure: "A server has an address of its own. Enter the one at which you open Bitbucket in the browser.",
    whose: "you",
  },
  benchmark: {
    title: "This name leads to a stand-in address",
    cure: "Addresses in 198.18.0.0/15 are for tests; VPN and proxy software on the portal's machine gives them out in place of real ones. The portal's administrator can have that software leave this name out, or lead the portal out through EGRESS_PROXY.",
    whose: "the portal's administrator",
  },
  reserved: {
    title: "This address is reserved and leads to no server",
    cure: "Such addresses stand in examples. Enter the address at which you open Bitbucket in the browser.",
    whose: "you",
  },
  portal: {
    title: "The portal keeps this address for itself",
    cure: "Something that belongs to the portal answers there. Enter the address at which you open Bitbucket in the browser.",
    whose: "you",
  },
  "not-listed": {
    title: "The portal calls listed servers only",
    cure: "If the address is right, ask the portal's administrator to add it to EGRESS_ALLOW.",
    whose: "the portal's administrator",
  },
};
