import type { Project } from "./project.js";
import { runtimeOf } from "./runtimes.js";

/** On which side of the wire a file works for users; `aside` where it does not. */
export type Side = "client" | "server" | "aside";

/** Paths that fill, try out or show something: nothing there runs for a user, whoever loads it. */
const aside =
  /(?:^|\/)(?:seeds?|seeders?|migrations?|te?mp|examples?|fixtures|mocks?|demo|docs|storybook|\.storybook)\/|(?:^|\/|[.-])(?:seed|seeds|seeder|mock|mocks|dummy|mockdata|testdata)[\w-]*\.\w+$|\.config\.\w+$/i;

/** Paths that browsers or phones run where nothing else tells. */
const client =
  /(?:^|\/)(?:components?|hooks|screens|views|contexts?|stores?|ui|widgets|frontend|client)\//i;

/** The side that a file works on. What both sides load, or nobody, counts as the server's unless it draws something. */
export function fileSide(project: Project, path: string): Side {
  const code = project.files.get(path)?.code;
  if (code === undefined || aside.test(path)) return "aside";
  switch (runtimeOf(project, path)) {
    case "client":
      return "client";
    case "server":
    case "edge":
      return "server";
    case "shared":
      return code.hasMarkup || client.test(path) ? "client" : "server";
    default:
      return "aside";
  }
}

/** Whether a file is a page that has functions for the server beside what it draws. */
export function isPageOfBothSides(path: string): boolean {
  return /(?:^|\/)(?:routes|pages)\//.test(path);
}
