import { z } from "zod";

const example = "expected an instant such as 2026-11-23T10:12:00Z, or a day such as 2026-11-23";

/** An instant of knowledge; a day means its end, by the workspace's clocks. */
export const Instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()], example);
