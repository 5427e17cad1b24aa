import type { Calendar } from "./calendar.ts";
import { choice, draw, type Choice, type Random } from "./random.ts";
import type { Region } from "./places.ts";

export type TeamName = "Norte" | "Sur" | "LatAm";

/** Somebody who sells; factors are relative to the average of the team. */
export interface Rep {
  readonly index: number;
  readonly name: string;
  readonly team: TeamName;
  readonly role: string;
  readonly manager: string;
  /** Share of the team's leads that they get. */
  readonly weight: number;
  readonly opens: number;
  readonly closes: number;
  readonly startedOn: number;
  readonly endedOn: number | undefined;
}

export interface Team {
  readonly reps: readonly Rep[];
  readonly teams: readonly TeamName[];
  /** Somebody of the team that works the region, at work on that day. */
  readonly assign: (random: Random, region: Region, day: number) => Rep;
  /** Who takes over from a rep on a day: themself while they are there. */
  readonly heir: (random: Random, rep: Rep, day: number) => Rep;
  readonly sourcer: (region: Region) => Rep;
}

/** Whoever runs marketing and sales: sets the goals and sells nothing. */
export const director = "Carmen Iturralde";

export const opener = "Álvaro Quintana";
export const closer = "Nuria Bellido";
const leaver = "Iñaki Zubeldia";
const newcomer = "Lucas Ferreiro";
const leaverDaysAgo = 140;
const newcomerDaysAgo = 12;

/** The teams that sell. */
export const teamNames: readonly TeamName[] = ["Norte", "Sur", "LatAm"];

const people: Readonly<Record<TeamName, readonly string[]>> = {
  Norte: [
    "Maite Echarri",
    opener,
    leaver,
    "Clara Santamaría",
    "Óscar Villanueva",
    "Leire Aguinaga",
    "Pablo Cifuentes",
    "Irene Lastra",
    "Bruno Meana",
    "Ainhoa Goñi",
    "Xavier Puigdollers",
    "Marta Riba",
  ],
  Sur: [
    "Rocío Almansa",
    closer,
    "Francisco Jurado",
    "Macarena Olmedo",
    "Lola Carvajal",
    "Joaquín Barea",
    "Rafael Montilla",
    "Inmaculada Prieto",
    "Curro Bermúdez",
    "Estrella Navas",
    "Ginés Albacete",
    "Triana Cordero",
  ],
  LatAm: [
    "Ximena Barragán",
    "Mateo Restrepo",
    "Valentina Larraín",
    "Emiliano Cárdenas",
    "Camila Oyarzún",
    "Diego Huamán",
    "Renata Villaseñor",
    "Joaquín Echeverri",
    "Antonella Ferrari",
    "Sebastián Quiroga",
    "Mariana Zapata",
    "Thiago Benavides",
  ],
};

const sourcers: Readonly<Record<Region, string>> = { es: "Elena Pascual", latam: "Daniela Urrutia" };

const factors: Readonly<Record<string, readonly [weight: number, opens: number, closes: number]>> = {
  [opener]: [1.8, 1.3, 0.36],
  [closer]: [0.55, 0.8, 1.9],
  [newcomer]: [0, 1, 1],
};

/** How many sell: 16 in a small company, up to 38 in a large one. */
const sizeOfTeam = (leads: number): number => Math.min(12, 4 + Math.floor(Math.max(0, leads - 100_000) / 100_000));

function member(team: TeamName, place: number, name: string, calendar: Calendar): Omit<Rep, "index"> {
  const [weight, opens, closes] = factors[name] ?? [
    1,
    0.94 + ((place * 7) % 5) * 0.03,
    0.92 + ((place * 3) % 5) * 0.05,
  ];
  return {
    name,
    team,
    role: place === 0 ? "Responsable de equipo" : "Ejecutivo de ventas",
    manager: place === 0 ? director : (people[team][0] as string),
    weight,
    opens,
    closes,
    startedOn: place > 3 ? -30 - place * 40 : -60 - place * 97,
    endedOn: name === leaver ? calendar.days - leaverDaysAgo : undefined,
  };
}

function extras(calendar: Calendar): Omit<Rep, "index">[] {
  const idle = { weight: 0, opens: 1, closes: 1, endedOn: undefined };
  return [
    { ...idle, name: sourcers.es, team: "Sur", role: "Prospección", manager: people.Sur[0] as string, startedOn: -210 },
    {
      ...idle,
      name: sourcers.latam,
      team: "LatAm",
      role: "Prospección",
      manager: people.LatAm[0] as string,
      startedOn: -95,
    },
    {
      ...idle,
      name: newcomer,
      team: "Norte",
      role: "Ejecutivo de ventas",
      manager: people.Norte[0] as string,
      startedOn: calendar.days - newcomerDaysAgo,
    },
  ];
}

function hire(leads: number, calendar: Calendar): Rep[] {
  const sellers = teamNames.flatMap((team) =>
    people[team]
      .slice(0, sizeOfTeam(leads) + (team === "Norte" ? 1 : 0))
      .map((name, place) => member(team, place, name, calendar)),
  );
  return [...sellers, ...extras(calendar)].map((rep, index) => ({ ...rep, index }));
}

const works = (rep: Rep, day: number): boolean =>
  day >= rep.startedOn && (rep.endedOn === undefined || day < rep.endedOn);

/** The people who sell in a company of so many leads. */
export function team(leads: number, calendar: Calendar): Team {
  const reps = hire(leads, calendar);
  const of = (names: readonly TeamName[]): Choice<Rep> =>
    choice(
      reps.filter((rep) => names.includes(rep.team)),
      (rep) => rep.weight,
    );
  const byTeam = { Norte: of(["Norte"]), Sur: of(["Sur"]), LatAm: of(["LatAm"]) };
  const byRegion = { es: of(["Norte", "Sur"]), latam: byTeam.LatAm };
  const working = (random: Random, from: Choice<Rep>, day: number): Rep => {
    for (;;) {
      const rep = draw(random, from);
      if (works(rep, day)) return rep;
    }
  };
  return {
    reps,
    teams: teamNames,
    assign: (random, region, day) => working(random, byRegion[region], day),
    heir: (random, rep, day) => (works(rep, day) ? rep : working(random, byTeam[rep.team], day)),
    sourcer: (region) => reps.find((rep) => rep.name === sourcers[region]) as Rep,
  };
}

/** The address of somebody of the company. */
export const emailOf = (name: string): string =>
  `${name.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll(" ", ".")}@nubia.example`;
