import { by, bySignedIn, type DomainActions, never } from "./entry";

export const noticeActions: DomainActions = {
  dismissNoticeAction: {
    calls: bySignedIn({ noticeId: never }, "NOT_FOUND notice"),
    leaves: ["user.notice-seen"],
    arrange: async ({ db, administrator, other }) => {
      const { makeReset } = await import("@/lib/password-resets/mutations");
      const { listNotices } = await import("@/lib/notices/queries");
      await makeReset(db, administrator, other.userId);
      const [notice] = await listNotices(db, other);
      return { as: other, form: { noticeId: notice?.id ?? "" } };
    },
    mutations: {
      "notices/dismissNotice": by("notice", async (...args) =>
        (await import("@/lib/notices/mutations")).dismissNotice(...args),
      ),
    },
  },
};
