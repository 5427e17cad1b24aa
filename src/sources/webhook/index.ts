export { inboxFolder, landInbox, openInbox, type Inbox } from "./inbox.ts";
export type { Delivery } from "./sender.ts";
export { WebhookSource } from "./spec.ts";
