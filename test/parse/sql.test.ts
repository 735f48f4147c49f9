import { describe, expect, test } from "@jest/globals";
import { sqlFacts } from "#parse/sql.js";
import { blockStatements } from "#parse/sql-blocks.js";
import { splitSql } from "#parse/sql-split.js";
import { sqlTokens } from "#parse/sql-tokens.js";
import { processorMs } from "#support/processor-time.js";

describe("cutting SQL into statements", () => {
  test("semicolons within quotes, dollar quotes and comments do not count", () => {
    const statements = splitSql(
      `select ';', "a;b", E'\\';', $tag$ ; $$ ; $tag$; -- ; here
/* ; /* nested ; */ ; */
  select 2`,
    );

    expect(
      statements.map(({ text, line }) => [text.slice(0, 8), line]),
    ).toEqual([
      ["select '", 1],
      ["select 2", 3],
    ]);
  });

  test("commands of psql and the rows of a dump are left out", () => {
    const statements = splitSql(
      "\\connect shop\ncopy users (id) from stdin;\n1;drop\n\\.\ncreate table a (id int);",
    );

    expect(statements.map(({ text, line }) => [text, line])).toEqual([
      ["copy users (id) from stdin", 2],
      ["create table a (id int)", 5],
    ]);
  });

  test("what never ends does not hang, and is one statement", () => {
    for (const open of ["'", '"', "$$", "/*", "$x$"])
      expect(splitSql(`select ${open} ;;;`).length).toBeLessThanOrEqual(1);
  });
});

describe("a statement that cannot be parsed", () => {
  test("is a gap with its line, and costs no other statement", () => {
    const facts = sqlFacts(
      "create table a (id int);\n\ncreate policy broken on a for nothing;\nalter table a enable row level security;",
    );

    expect(facts.gaps).toEqual([
      { line: 3, about: "create policy broken on a" },
    ]);
    expect(facts.statements.map(({ act }) => act.kind)).toEqual([
      "create-table",
      "row-security",
    ]);
  });
});

describe("anonymous blocks", () => {
  const statements = (body: string): string[] =>
    blockStatements({ text: `do $$ ${body} $$`, line: 1 }).map(
      ({ text }) => text,
    );

  test("give what is written in them, and what they build for each name of a loop", () => {
    expect(
      statements(
        `declare t text; begin
          if not exists (select 1 from pg_policies where policyname = 'x') then create policy x on a using (true); end if;
          foreach t in array array['a', 'b'] loop execute format('alter table %I enable row level security', t); end loop;
          for t in select unnest(array['c']) loop execute 'alter table ' || t || ' enable row level security'; end loop;
        end`,
      ),
    ).toEqual([
      "create policy x on a using (true)",
      'alter table "a" enable row level security',
      'alter table "b" enable row level security',
      'alter table "c" enable row level security',
    ]);
  });

  test("a loop over the catalogue means every table", () => {
    expect(
      statements(
        "declare r record; begin for r in select tablename from pg_tables where schemaname = 'public' loop execute format('alter table public.%I enable row level security', r.tablename); end loop; end",
      ),
    ).toEqual(['alter table public."*" enable row level security']);
  });

  test("words in texts and comments start no statement", () => {
    expect(
      statements("begin raise notice 'drop table a'; /* drop table b */ end"),
    ).toEqual([]);
  });
});

describe("time grows no faster than the text", () => {
  const size = 400_000;
  const hostile: readonly (readonly [string, string])[] = [
    ["array [ without an end", "array["],
    ["in ( without an end", "in ('"],
    ["opened dollar quotes", "execute $a$ $b"],
    ["quotes", "execute '"],
    ["blanks", "   \n"],
    ["begin", "begin execute "],
    ["loops over everything", "loop execute format('%I', t); "],
    ["comments", "-- /* "],
    ["nested comments", "/*"],
    ["semicolons", ";"],
    ["brackets", "(("],
    ["pg_tables", "pg_tables in ("],
  ];

  test.each(hostile)("%s", (_, unit) => {
    const text = unit.repeat(Math.ceil(size / unit.length));
    const begin = processorMs();

    splitSql(text);
    sqlTokens(text);
    blockStatements({ text: `do $body$ ${text} $body$`, line: 1 });
    sqlFacts(
      `create table a (id int); do $body$ ${text.slice(0, 200_000)} $body$;`,
    );

    expect(processorMs() - begin).toBeLessThan(4000);
  });
});
