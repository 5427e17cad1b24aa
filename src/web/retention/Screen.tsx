import type { Retention } from "../../contract/retention.ts";
import { fill } from "../../locales/index.ts";
import { formatDay } from "../dates.ts";
import { PageFoot } from "../ui/Notices.tsx";
import { Opening } from "../ui/Opening.tsx";
import { useView } from "../view.tsx";
import { BridgeCard } from "./Bridge.tsx";
import { Cohorts } from "./Cohorts.tsx";
import { Findings } from "./Findings.tsx";
import { Groups } from "./Groups.tsx";
import type { Stayed } from "./loader.ts";
import { Losses } from "./Losses.tsx";
import { Habit } from "./Habit.tsx";
import { Survival } from "./Survival.tsx";
import { useWords } from "./words.ts";

/** The page of retention: whether customers stay, what moved, who leaves sooner, who left and why. */
export function RetentionScreen({ stayed }: { stayed: Stayed }) {
  const words = useWords();
  const { found, problem } = stayed;
  return (
    <>
      <Opening title={words.title} description={words.description} problem={problem} />
      {found && <Found found={found} />}
    </>
  );
}

const isEmpty = ({ months, cohorts, lost }: Retention): boolean =>
  cohorts.length === 0 && lost.length === 0 && months.every(({ closing }) => closing.customers === 0);

function Found({ found }: { found: Retention }) {
  const words = useWords();
  if (found.customersBy === null) return <Nothing text={words.nothing} />;
  return (
    <>
      <Meaning found={found} />
      {isEmpty(found) ? (
        <Nothing text={words.nobody} />
      ) : (
        <>
          <Findings found={found} />
          <BridgeCard found={found} />
          <Groups found={found} />
          <Cohorts found={found} />
          <Survival found={found} />
          <Losses found={found} />
          {found.repurchase && <Habit found={found.repurchase} currency={found.currency} />}
        </>
      )}
      <PageFoot found={found} />
    </>
  );
}

const Nothing = ({ text }: { text: string }) => (
  <section class="card">
    <p>{text}</p>
  </section>
);

/** What makes a customer one here, and until when they are seen. */
function Meaning({ found: { customersBy, inactivityDays, observedTo } }: { found: Retention }) {
  const { place } = useView();
  const words = useWords();
  const day = formatDay(place, observedTo);
  return (
    <p class="muted meaning">
      {fill(customersBy === "contracts" ? words.contracts : words.purchases, { day, days: inactivityDays })}
    </p>
  );
}
