export * from "./people.ts";
export * from "./groups.ts";
export * from "./posts.ts";
export * from "./claims.ts";
export * from "./events.ts";
export * from "./notifications.ts";
export * from "./installation.ts";
