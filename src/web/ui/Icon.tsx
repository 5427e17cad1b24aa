const paths = {
  home: "M3 11 12 4l9 7M6 9.5V20h12V9.5",
  scoreboard: "M4 6h2M4 12h2M4 18h2M10 6h10M10 12h10M10 18h10",
  "cost-per-lead": "M4 12 12 4h7a1 1 0 0 1 1 1v7l-8 8zM15.5 8.5h.01",
  "marketing-qualified-leads": "M4 10v4l11 5V5zM15 9a3 3 0 0 1 0 6M7 15.5V20h3v-3",
  "customer-acquisition-cost": "M10 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M3 21a7 7 0 0 1 12-5M18 14v6M15 17h6",
  "customer-retention": "M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5",
  "marketing-roi": "M4 17l6-6 4 4 6-8M15 7h5v5",
  "sales-qualified-leads": "M20 6 9 17l-5-5",
  "win-ratio": "M7 4h10v5a5 5 0 0 1-10 0zM7 6H4c0 3 1 4 3 4M17 6h3c0 3-1 4-3 4M12 14v4M8 20h8",
  "sales-revenue": "M5 20V12M10 20V8M15 20v-6M20 20V4",
  revenue: "M5 20V12M10 20V8M15 20v-6M20 20V4",
  attribution: "M5 5v14M5 12h6l8-7M11 12l8 7M19 5v.01M19 19v.01",
  reps: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14a6.5 6.5 0 0 1 3.5 6",
  funnel: "M3 5h18M6 12h12M10 19h4",
  retention: "M4 5v14h16M4 7c5 0 5 7 9 8 3 .8 5 1 7 1",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  close: "M6 6l12 12M18 6 6 18",
  back: "M19 12H5M11 6l-6 6 6 6",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M6.5 17.5 5 19",
  moon: "M20 14a8 8 0 1 1-10-10 7 7 0 0 0 10 10",
  auto: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  warning: "M12 4 2.5 20h19zM12 10v4M12 17h.01",
  other: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8",
} as const;

/** The name of a drawn sign. */
export type IconName = keyof typeof paths;

/** The sign of an indicator, or a plain one for a company's own. */
export const iconOf = (id: string): IconName => (Object.hasOwn(paths, id) ? (id as IconName) : "other");

/** A sign of 20 × 20 in the colour of its text; what it means stands beside it in words. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      class="icon"
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
