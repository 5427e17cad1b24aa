/** Weights of the invented company's slices: each dimension's values and their share of what happens. */
export const slices: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  channel: {
    "Google Ads": 0.34,
    "Meta Ads": 0.22,
    Orgánico: 0.18,
    Referidos: 0.1,
    Correo: 0.07,
    LinkedIn: 0.06,
    "(none)": 0.03,
  },
  campaign: {
    "Marca MX": 0.24,
    "Genérica Bogotá": 0.2,
    "Retargeting nov": 0.18,
    Demo: 0.16,
    "Buen Fin": 0.14,
    "<b>Prueba</b>": 0.08,
  },
  country: { México: 0.62, Colombia: 0.24, España: 0.14 },
  segment: { Pyme: 0.58, Mediana: 0.29, Corporativo: 0.13 },
  product: { Básico: 0.5, Pro: 0.35, Empresa: 0.15 },
  rep: { "Elena Ruiz": 0.26, "Sofía Peña": 0.24, "Jorge Mora": 0.2, "Luis Ángel Ñáñez": 0.18, "Pablo Gil": 0.12 },
  team: { Norte: 0.56, Sur: 0.44 },
};

/** How a measure differs from its share in some slices, so that ratios differ too. */
const skews: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  customers: { Referidos: 2.1, "Meta Ads": 0.7, "Sofía Peña": 0.55, "Elena Ruiz": 1.4, Corporativo: 0.6 },
  won: { Referidos: 1.9, "Meta Ads": 0.7, "Sofía Peña": 0.5, "Elena Ruiz": 1.6, "Pablo Gil": 0 },
  revenue: { Corporativo: 2.4, Pyme: 0.6, "Sofía Peña": 0.6 },
  spend: { Referidos: 0.12, Orgánico: 0, Correo: 0.2, "(none)": 0 },
  sqls: { "Meta Ads": 0.6, Referidos: 1.5 },
};

/** What happens on an average day, by measure. */
const daily: Readonly<Record<string, number>> = {
  leads: 137,
  mqls: 42.7,
  sqls: 13.2,
  opportunities: 8.1,
  created: 8.1,
  won: 2.17,
  closed: 6.6,
  customers: 1.95,
  spend: 3480,
  costs: 4020,
  revenue: 55_600,
  refunds: 910,
  sales: 6.1,
  touches: 2900,
};

const skewOf = (measure: string, value: string): number => skews[measure]?.[value] ?? 1;

/** The part of a measure that a slice of the company has. */
export function shareOf(measure: string, dimension: string, value: string): number {
  const weights = slices[dimension] ?? {};
  const all = Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * skewOf(measure, name), 0);
  return ((weights[value] ?? 0) * skewOf(measure, value)) / all;
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

/** What a measure adds up to over days (`to` exclusive): a season, a trend, and a fixed unrest from day to day. */
export function amountOf(measure: string, from: string, to: string): number {
  let sum = 0;
  for (let day = dayNumber(from); day < dayNumber(to); day += 1) sum += (daily[measure] ?? 0) * factorOf(measure, day);
  return sum;
}

function factorOf(measure: string, day: number): number {
  const weekday = new Date(day * 86_400_000).getUTCDay();
  const season = 1 + 0.16 * Math.sin((day / 365.25) * 2 * Math.PI + measure.length);
  const growth = 1 + (day - 20_400) * (measure === "sqls" ? -0.0004 : 0.0004);
  const unrest = 1 + 0.3 * Math.sin(day * 12.9898 + measure.length * 78.233) * Math.sin(day * 3.7);
  return season * growth * unrest * (weekday === 0 || weekday === 6 ? 0.45 : 1.22);
}
