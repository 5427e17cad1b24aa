import { hrefOf } from "../address.ts";
import { languages } from "../../locales/index.ts";
import { useView } from "../view.tsx";
import { Icon } from "./Icon.tsx";

const themes = [
  ["light", "sun"],
  ["auto", "auto"],
  ["dark", "moon"],
] as const;

/** Language and appearance; kept in cookies, so that the server draws them right at once. */
export function Preferences() {
  const { shell, texts } = useView();
  const { language } = shell.place;
  return (
    <form class="preferences" method="post" action="/preferences" aria-label={texts.preferences.legend}>
      <input type="hidden" name="back" value={hrefOf(shell.address)} />
      <div class="segments" role="group" aria-label={texts.preferences.language}>
        {languages.map((each) => (
          <button
            key={each}
            type="submit"
            name="language"
            value={each}
            lang={each}
            aria-pressed={each === language}
            aria-label={`${each.toUpperCase()}, ${texts.preferences[each]}`}
          >
            {each.toUpperCase()}
          </button>
        ))}
      </div>
      <div class="segments" role="group" aria-label={texts.preferences.theme}>
        {themes.map(([theme, icon]) => (
          <button
            key={theme}
            type="submit"
            name="theme"
            value={theme}
            aria-pressed={theme === shell.theme}
            aria-label={texts.preferences[theme]}
            title={texts.preferences[theme]}
          >
            <Icon name={icon} />
          </button>
        ))}
      </div>
    </form>
  );
}
