/** How far a variable's name is looked for before its value. */
const nameWindow = 120;

/** Name that a value is assigned to on the same line, if one stands right before it; else the empty string. */
export function nameBefore(text: string, start: number): string {
  const window = text.slice(Math.max(0, start - nameWindow), start);
  const line = window.slice(window.lastIndexOf("\n") + 1);
  const named =
    /([\p{L}_$][\p{L}\p{N}_$.-]{0,60})["'`\]*]{0,3}\s{0,8}(?::\s{0,2}\w{1,20}\s{0,2})?(?:=>|:=|=|:|\||\()\s{0,8}["'`*$]{0,3}(?:Bearer |Basic |token )?$/u.exec(
      line,
    );
  return safeName(named?.[1] ?? "");
}

/** A name fit for a report: its last part, when that is short, plain, and not itself a secret. */
export function safeName(name: string): string {
  const last = name.slice(name.lastIndexOf(".") + 1);
  if (last.length > 60 || /[^\p{L}\p{N}_$-]/u.test(last)) return "";
  const mayBeKey = last
    .split(/[_\-$]/)
    .some((piece) => piece.length > 30 || /^(?=\D*\d)\w{12,}$/.test(piece));
  return mayBeKey ? "" : last;
}

/** Says the line of an offset, from 1. Lines end at `\n` only, as git counts them. */
export function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
    starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
