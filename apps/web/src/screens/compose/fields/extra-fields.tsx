import type { Extras } from '@hamava/networks/rules'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { networks } from '../../../api/queries.ts'
import type { Channel } from '../../../api/types.ts'
import { lazyWithRetry } from '../../../kit/lazy-with-retry.ts'
import { schemaFields } from './schema/schema-fields.ts'

const SchemaForm = lazyWithRetry(() => import('./schema-form.tsx'))

interface ExtraFieldsProps {
  extras: Extras
  channels: readonly Channel[]
  onChange: (extras: Extras) => void
}

/** The fields of extras that a channel of the post takes, or that the post already has. */
export function ExtraFields({ extras, channels, onChange }: ExtraFieldsProps) {
  const known = useQuery(networks).data ?? []
  const isWanted = (name: string, id: string) =>
    name in extras || channels.some(({ network }) => network === id)
  const properties = Object.fromEntries(
    known.flatMap(({ id, extras: taken = {} }) =>
      Object.entries(taken).filter(([name]) => isWanted(name, id)),
    ),
  )
  const fields = schemaFields({ properties })
  if (fields.length === 0) return null
  return (
    <Suspense fallback={null}>
      <SchemaForm
        fields={fields}
        settings={extras}
        place="field"
        onChange={(next) => onChange(next as Extras)}
      />
    </Suspense>
  )
}
