import { Notice } from "@/components/ui/notice";

/** Stands in the place of a form of change for those who may see the thing and no more. */
export function NotYoursToChange({ what }: { what: string }) {
  return (
    <Notice kind="info" title={`You may see this ${what}, but not change it`}>
      Ask its owner or an administrator of it.
    </Notice>
  );
}
