import { bySignedIn, type DomainActions, takesNoId } from "./entry";

export const calendarActions: DomainActions = {
  makeCalendarAction: {
    calls: bySignedIn({ calendar: "make" }, "ok"),
    leaves: ["user.calendar-made"],
    arrange: async ({ owner }) => ({ as: owner, form: { calendar: "make" } }),
    mutations: { "calendar/makeCalendar": takesNoId },
  },
  revokeCalendarAction: {
    calls: bySignedIn({ calendar: "end" }, "ok"),
    leaves: ["user.calendar-revoked"],
    arrange: async ({ db, owner }) => {
      await (await import("@/lib/calendar/mutations")).makeCalendar(db, owner);
      return { as: owner, form: { calendar: "end" } };
    },
    mutations: { "calendar/revokeCalendar": takesNoId },
  },
};
