/** Choices that look random and are the same for the same seed. */
export interface Random {
  /** A number from 0 below 1. */
  readonly number: () => number;
  readonly one: <Item>(items: readonly Item[]) => Item;
  /** Some of the items, at least so many, in their order. */
  readonly some: <Item>(items: readonly Item[], least?: number) => Item[];
  readonly shuffled: <Item>(items: readonly Item[]) => Item[];
}

/**
 * Seeded choices for property tests.
 *
 * @see https://en.wikipedia.org/wiki/Linear_congruential_generator (constants of Numerical Recipes)
 */
export function aRandom(seed: number): Random {
  let state = seed >>> 0;
  const number = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  // The first numbers of small seeds lie close together.
  for (let warm = 0; warm < 5; warm += 1) number();
  const one = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(number() * items.length)];
    if (item === undefined) throw new RangeError("There is nothing to choose.");
    return item;
  };
  return {
    number,
    one,
    some: (items, least = 0) => {
      const chosen = items.filter(() => number() < 0.5);
      return chosen.length >= least ? chosen : items.slice(0, least);
    },
    shuffled: (items) =>
      items
        .map((item) => ({ item, place: number() }))
        .sort((left, right) => left.place - right.place)
        .map(({ item }) => item),
  };
}
