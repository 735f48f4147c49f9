/** Counts, by name and one label. Labels never hold names of repositories or people. */
export class Metrics {
  readonly #counts = new Map<string, number>();

  /** @param name - For example `vibegate_deliveries_total`. @param outcome - Value of the label `outcome`. */
  count(name: string, outcome: string): void {
    const series = `${name}{outcome="${outcome}"}`;
    this.#counts.set(series, (this.#counts.get(series) ?? 0) + 1);
  }

  /** How often a count was made. */
  read(name: string, outcome: string): number {
    return this.#counts.get(`${name}{outcome="${outcome}"}`) ?? 0;
  }

  /**
   * The counts and some present values in Prometheus' text format.
   *
   * @see https://prometheus.io/docs/instrumenting/exposition_formats/
   */
  render(gauges: Readonly<Record<string, number>>): string {
    const lines = [...this.#counts].map(
      ([series, count]) => `${series} ${String(count)}`,
    );
    const values = Object.entries(gauges).map(
      ([name, value]) => `${name} ${String(value)}`,
    );
    return [...lines.sort(), ...values, ""].join("\n");
  }
}
