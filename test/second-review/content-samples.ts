import type { Files } from "#support/a-snapshot.js";
import type { Edit } from "./a-change.js";

/** An edit of one file, with the files around it. */
export interface ContentCase {
  readonly path: string;
  readonly edit: Edit;
  readonly others?: Files;
}

/** A text before and after one stretch of it is replaced. */
export function swapped(text: string, old: string, present: string): Edit {
  return { before: text, after: text.replace(old, () => present) };
}

/** A query with an owner filter, beside a function that has none. */
export const notes = `import { createClient } from '@/lib/supabase'
export async function listNotes(userId: string) {
  const supabase = createClient()
  return supabase
    .from('notes')
    .select('*')
    .eq('user_id', userId)
}
export function label(count: number) {
  return \`\${count} notes\`
}
`;

/** A route that asks who calls, and refuses some. */
export const handler = `import { requireUser } from '../guard'
export async function POST(request: Request) {
  const user = await requireUser(request)
  if (!user.verified) {
    return new Response(null, { status: 403 })
  }
  return Response.json(await rename(user.id))
}
`;

/** A component that loads data in an effect. */
export const panel = `import { useEffect, useState } from 'react'
import { supabase } from '../lib/supabase'
export function Panel() {
  const [rows, setRows] = useState<string[]>([])
  useEffect(() => {
    void supabase.from('rows').select('name').then(({ data }) => setRows(data ?? []))
  }, [])
  return (
    <section className="p-2">
      <h1>Rows</h1>
      {rows.map((row) => (
        <p key={row}>{row}</p>
      ))}
    </section>
  )
}
`;

/** A router with a guarded and an open procedure. */
export const router = `import { protectedProcedure, router } from '../trpc'
export const notes = router({
  list: protectedProcedure.query(() => []),
  hello: greeting(() => 'hi'),
})
`;
