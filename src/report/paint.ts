/** How words may be set off on a terminal. */
export type Style = "red" | "yellow" | "green" | "cyan" | "bold" | "dim";

/** Sets off a text, or leaves it as it is where there are no colours. */
export type Paint = (style: Style, text: string) => string;
