import { existsSync, globSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join, posix, relative, sep } from "node:path";
import { Problem } from "../../engine/problem.ts";

/** A file that a mapping names: by its path in the workspace and on the disk. */
export interface Located {
  readonly file: string;
  readonly path: string;
  readonly bytes: number;
  readonly modified: number;
}

const outside = (name: string, why: string): Problem =>
  new Problem(
    "mapping-outside-workspace",
    `a mapping reads ${name}, ${why}`,
    "put the file (or a symbolic link to it) into the workspace's folder and name it from there",
    { file: name },
  );

function inside(folder: string, name: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(name)) throw outside(name, "which is not a file of this workspace");
  const local = (isAbsolute(name) ? relative(folder, name) : name).split(sep).join("/");
  if (local.split("/").includes("..") || isAbsolute(local) || local.startsWith("~"))
    throw outside(name, "which is outside the workspace");
  const path = posix.normalize(local);
  if (/^data(\/|$)/i.test(path)) throw outside(name, "but data/ belongs to the program");
  return path;
}

const letters = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

function nearNames(folder: string, name: string): string[] {
  const wanted = letters(posix.basename(name));
  const there = existsSync(folder) ? readdirSync(folder).filter((each) => letters(each) !== "") : [];
  const close = there.filter(
    (each) => letters(each).includes(wanted.slice(0, 4)) || wanted.includes(letters(each).slice(0, 4)),
  );
  return close.slice(0, 5);
}

function missing(folder: string, name: string): Problem {
  const lookedIn = join(folder, posix.dirname(name.replace(/[^/]*[*?[{].*/, "x")));
  const near = nearNames(lookedIn, name);
  return new Problem(
    "file-missing",
    `there is no file ${name} in ${lookedIn}`,
    near.length > 0
      ? `did you mean ${near.join(", ")}? put the file there or correct the name in the mapping`
      : "put the file there or correct the name in the mapping",
    { file: name, folder: lookedIn },
  );
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** The files that a name or glob of a mapping stands for, in the order of their names; never outside the folder, never under `data/`. */
export function locate(folder: string, name: string): Located[] {
  const path = inside(folder, name);
  const found = isFile(join(folder, path))
    ? [path]
    : globSync(path, { cwd: folder }).map((each) => each.split(sep).join("/"));
  const files = found.filter((each) => isFile(join(folder, each)) && !each.startsWith("data/")).toSorted();
  if (files.length === 0) throw missing(folder, path);
  return files.map((file) => {
    const { size, mtimeMs } = statSync(join(folder, file));
    return { file, path: join(folder, file), bytes: size, modified: mtimeMs };
  });
}
