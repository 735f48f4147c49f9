/** Longest text that is compared; what is longer is no slip of the keyboard. */
const maxLength = 64;

/**
 * The candidate that somebody most likely meant: few slips away, or the only one that holds the text as whole words.
 */
export function closest(
  written: string,
  candidates: readonly string[],
): string | undefined {
  if (written.length === 0 || written.length > maxLength) return undefined;
  const text = normal(written);
  const allowed = Math.max(1, Math.floor(text.length / 3));
  const [best] = candidates
    .map((candidate) => ({ candidate, slips: slips(text, normal(candidate)) }))
    .filter(({ slips: count }) => count <= allowed)
    .sort((one, other) => one.slips - other.slips);
  if (best) return best.candidate;
  const holding = candidates.filter((candidate) =>
    `-${normal(candidate)}-`.includes(`-${text}-`),
  );
  return holding.length === 1 ? holding[0] : undefined;
}

function normal(text: string): string {
  return text.toLowerCase().replaceAll("_", "-");
}

/** How many characters have to be added, removed, replaced or swapped with their neighbour. */
function slips(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped =
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + same,
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, other.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
