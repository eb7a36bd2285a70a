export * from "./schema/audit";
export * from "./schema/credentials";
export * from "./schema/flows";
export * from "./schema/grants";
export * from "./schema/keys";
export * from "./schema/people";
export * from "./schema/rate-limits";
export * from "./schema/teams";
