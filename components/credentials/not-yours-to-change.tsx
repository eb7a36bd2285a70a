import { Notice } from "@/components/ui/notice";

/** Stands in the place of a form of change for those who may see the credential and no more. */
export function NotYoursToChange() {
  return (
    <Notice kind="info" title="You may use this credential, but not change it">
      Ask its owner or an administrator of it.
    </Notice>
  );
}
