import {
  checkPreviousSecretAction,
  forgetPreviousSecretAction,
  switchBackAction,
} from "@/lib/credentials/previous/actions";

/** What a credential's page offers for the previous secret. */
export const previousActions = {
  switchBack: switchBackAction,
  check: checkPreviousSecretAction,
  forget: forgetPreviousSecretAction,
};
