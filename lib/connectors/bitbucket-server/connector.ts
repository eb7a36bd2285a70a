import type { Connector } from "@/lib/connectors/connector";
import { diagnoseBaseUrl } from "./base-url";
import { describeFailure } from "./reasons";
import { chooseSignIn } from "./sign-in";

export const bitbucketServer: Connector = {
  name: "Bitbucket Server",
  note: "Also called Bitbucket Data Center: the one that your company hosts itself.",
  normalizeBaseUrl: diagnoseBaseUrl,
  chooseSignIn,
  describeFailure,
};
