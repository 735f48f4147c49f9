/** Counts and present values. Labels never hold names of repositories or people. */
export class Metrics {
  readonly #counts = new Map<string, number>();
  readonly #gauges = new Map<string, number>();

  /**
   * @param name - For example `vibegate_deliveries_total`.
   * @param outcome - Value of the label `outcome`.
   * @param by - How much is added; 1 when not given.
   */
  count(name: string, outcome: string, by = 1): void {
    const series = `${name}{outcome="${outcome}"}`;
    this.#counts.set(series, (this.#counts.get(series) ?? 0) + by);
  }

  /** How often a count was made. */
  read(name: string, outcome: string): number {
    return this.#counts.get(`${name}{outcome="${outcome}"}`) ?? 0;
  }

  /** Keeps a present value. */
  set(name: string, value: number): void {
    this.#gauges.set(name, value);
  }

  /** A present value; undefined before the first. */
  gauge(name: string): number | undefined {
    return this.#gauges.get(name);
  }

  /**
   * The counts and the present values in Prometheus' text format.
   *
   * @param more - Values that are read when they are asked for.
   * @see https://prometheus.io/docs/instrumenting/exposition_formats/
   */
  render(more: Readonly<Record<string, number>>): string {
    const counts = [...this.#counts].sort();
    const lines = counts.flatMap(([series, count], index) => {
      const line = `${series} ${String(count)}`;
      const name = nameIn(series);
      const isFirst = nameIn(counts[index - 1]?.[0] ?? "") !== name;
      return isFirst ? [`# TYPE ${name} counter`, line] : [line];
    });
    const gauges = { ...Object.fromEntries(this.#gauges), ...more };
    const values = Object.entries(gauges).flatMap(([name, value]) => [
      `# TYPE ${name} gauge`,
      `${name} ${String(value)}`,
    ]);
    return [...lines, ...values, ""].join("\n");
  }
}

function nameIn(series: string): string {
  return series.split("{", 1)[0] ?? "";
}
