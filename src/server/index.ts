export { listen } from "./listen.ts";
export type { Renderer } from "./pages.ts";
export { createServer } from "./server.ts";
