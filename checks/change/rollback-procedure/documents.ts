import type { ProcedureMark } from "./mark.js";

/** Going back to an earlier release, in the languages that builders write in. */
const rollback =
  /\broll(?:s|ed|ing)?[ -]?back|\brevert(?:ing)? (?:(?:a|the|to|bad|failed) ){0,3}(?:deploy|release|version|previous|last|production)|\bback[ -]?out plan|\bundo(?:ing)? (?:a |the )?(?:deploy|release)|\bprevious (?:deployment|release|version)\b|zurückrollen|zurücksetzen|rückgängig|\brevertir|\breversión|\bretour (?:en )?arrière|\breverter|откат|回滚|回退|ロールバック|롤백/i;

/** What is rolled back, so that a database transaction is not taken for a release. */
const release =
  /deploy|release|version|production|live|traffic|build\b|image|despliegue|versión|déploiement|producción|produktion|релиз|верси|部署|版本|发布|デプロイ|リリース|배포/i;

const notAbout = /transaction|savepoint|optimistic|migration guide|changelog/i;

/** A command that goes back, of the platforms that have one. */
const command =
  /\b(?:vercel (?:rollback|promote)|netlify (?:deploy|rollback)|fly(?:ctl)? (?:deploy --image|releases)|heroku (?:releases:)?rollback|kubectl rollout undo|helm rollback|wrangler (?:rollback|versions deploy)|gcloud (?:run services update-traffic|app services set-traffic)|firebase hosting:(?:clone|rollback)|git revert|eb deploy|aws deploy|docker (?:service )?rollback|kamal rollback|cap \w+ deploy:rollback|railway (?:redeploy|rollback)|render rollback|dokku \w+:rollback)\b/i;

const minutes =
  /(?:\d+|\b(?:one|two|three|four|five|ten|fifteen|few|couple of|einer|zwei|fünf|zehn|un|cinco|diez|cinq|dix))\s*(?:(?:-|–|to|bis|a)\s*\d+\s*)?(?:minutes?|mins?|seconds?|secs?|minuten?|sekunden?|minutos?|segundos?|secondes?|минут|секунд|分|秒|분|초|s\b|m\b)|\binstantly\b|\bsofort\b|\bal instante\b/i;

const hours =
  /(?:\d+|\b(?:one|two|three|four|an?|few|several))\s*(?:(?:-|–|to)\s*\d+\s*)?(?:hours?|hrs?|days?|stunden?|tagen?|horas?|días?|heures?|jours?|часов|дней|小时|時間|시간)/i;

/** Folders of tools, and what assistants are taught: general knowledge, not this app's procedure. */
const forAssistants =
  /(?:^|\/)\.(?!github\/)[\w-]+\/|(?:^|\/)\.github\/(?:agents|chatmodes|instructions|prompts|skills)\/|(?:^|\/)skills\/[^/]+\/SKILL\.md$/i;

/** Longest document that is read; a book is no runbook. */
const maxCharacters = 400_000;

/** Parts of one document that are looked at. */
const maxSections = 20;

/** Lines of one part. */
const maxLines = 400;

interface Heading {
  /** From 1; 0 for what stands above the first heading. */
  readonly line: number;
  readonly level: number;
  readonly title: string;
}

/** The parts of a document that say how to go back to an earlier release. */
export function procedureMarks(path: string, text: string): ProcedureMark[] {
  const name = path.replace(/[/_.-]/g, " ");
  if (text.length > maxCharacters || !rollback.test(`${text} ${name}`))
    return [];
  if (forAssistants.test(path)) return [];
  if (/(?:^|\/)(?:change-?log|history|license|releases?)[\w.-]*$/i.test(path))
    return [];
  const lines = text.split("\n").map((line) => line.slice(0, 2_000));
  if (rollback.test(name) && !notAbout.test(name))
    return [markOf(1, lines.slice(0, maxLines))];
  const headings = headingsOf(lines);
  return sectionsOnRollback(headings, lines)
    .slice(0, maxSections)
    .map((heading) =>
      markOf(Math.max(1, heading.line), bodyOf(heading, headings, lines)),
    );
}

/** Sections that have it in their title, and the nearest section around each line that speaks of it. */
function sectionsOnRollback(
  headings: readonly Heading[],
  lines: readonly string[],
): Heading[] {
  const found = new Set<Heading>();
  let next = 0;
  let around: Heading = { line: 0, level: 0, title: "" };
  for (const [index, line] of lines.entries()) {
    const heading = headings[next];
    if (heading?.line === index + 1) {
      around = heading;
      next += 1;
      if (rollback.test(line) && !notAbout.test(line)) found.add(heading);
    } else if (
      rollback.test(line) &&
      release.test(line) &&
      !notAbout.test(`${around.title} ${line}`)
    )
      found.add(around);
  }
  return [...found];
}

/** What stands below a heading, up to the next one of its level or a higher one. */
function bodyOf(
  { line, level }: Heading,
  headings: readonly Heading[],
  lines: readonly string[],
): readonly string[] {
  const next = headings.find(
    (other) => other.line > line && (level === 0 || other.level <= level),
  );
  const end = (next?.line ?? lines.length + 1) - 1;
  return lines.slice(line, Math.min(end, line + maxLines));
}

function markOf(line: number, body: readonly string[]): ProcedureMark {
  const text = body.join("\n");
  const items = body.filter((one) => /^\s*(?:[-*+]|\d+[.)])\s+\S/.test(one));
  const hasSteps =
    items.length >= 2 ||
    body.some((one) => /^\s*(?:```|~~~)/.test(one)) ||
    command.test(text);
  const time = minutes.test(text)
    ? "minutes"
    : hours.test(text)
      ? "hours"
      : "unsaid";
  return { kind: "procedure", line, hasSteps, time };
}

function headingsOf(lines: readonly string[]): Heading[] {
  let isFenced = false;
  return lines.flatMap((line, index): Heading[] => {
    if (/^\s*(?:```|~~~)/.test(line)) isFenced = !isFenced;
    if (isFenced) return [];
    const marked = /^(#{1,6}|={1,6})\s+(\S.*)$/.exec(line);
    if (marked)
      return [
        {
          line: index + 1,
          level: marked[1]?.length ?? 1,
          title: marked[2] ?? "",
        },
      ];
    const isUnderlined = /^(?:={3,}|-{3,}|~{3,})\s*$/.test(
      lines[index + 1] ?? "",
    );
    if (!isUnderlined || line.trim() === "" || line.startsWith("|")) return [];
    return [
      {
        line: index + 1,
        level: (lines[index + 1] ?? "").startsWith("=") ? 1 : 2,
        title: line.trim(),
      },
    ];
  });
}
