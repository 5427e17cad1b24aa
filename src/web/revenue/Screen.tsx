import type { Revenue } from "../../contract/revenue.ts";
import { fill } from "../../locales/index.ts";
import { formatDay } from "../dates.ts";
import { PageFoot } from "../ui/Notices.tsx";
import { Opening } from "../ui/Opening.tsx";
import { useView } from "../view.tsx";
import { Accuracy } from "./Accuracy.tsx";
import { Assumptions } from "./Assumptions.tsx";
import { Change } from "./Change.tsx";
import { Deals } from "./Deals.tsx";
import type { Foretold } from "./loader.ts";
import { Scopes } from "./Scopes.tsx";
import { Sentences } from "./Sentences.tsx";
import { Trend } from "./Trend.tsx";
import { useWords } from "./words.ts";

/** The page of revenue: where the month, the quarter and the year will land, how sure that is, and what must close. */
export function RevenueScreen({ foretold }: { foretold: Foretold }) {
  const words = useWords();
  const { found, problem } = foretold;
  return (
    <>
      <Opening title={words.title} description={words.description} problem={problem} />
      {found && <Found found={found} />}
    </>
  );
}

function Found({ found }: { found: Revenue }) {
  const { place } = useView();
  const words = useWords();
  const isEmpty = found.months.every(({ value }) => value === null || value === 0) && found.open.deals === 0;
  if (isEmpty) return <p class="nothing card">{words.nothing}</p>;
  return (
    <>
      <p class="muted">{fill(words.known, { day: formatDay(place, found.observedTo), months: found.known })}</p>
      <Sentences found={found} />
      <Trend found={found} />
      <Assumptions found={found} />
      <Scopes found={found} />
      <Deals found={found} />
      <Change found={found} />
      <Accuracy found={found} />
      <PageFoot found={found} />
    </>
  );
}
