import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, useDeferredValue } from 'react'
import { networks } from '../../../api/queries.ts'
import type { Channel } from '../../../api/types.ts'
import { TextEditor } from '../../../kit/text-editor.tsx'
import { characterLimitsOf, fittingLength } from '../preview/character-limit.ts'
import { Counters } from '../preview/counters.tsx'

interface ContentEditorProps extends Omit<ComponentProps<typeof TextEditor>, 'fits'> {
  /** The channels that take this text. */
  channels: readonly Channel[]
  hasMedia?: boolean
}

/** A text with the limits of the networks that take it. */
export function ContentEditor({ channels, hasMedia = false, value, ...props }: ContentEditorProps) {
  const known = useQuery(networks).data ?? []
  const counted = useDeferredValue(value)
  const rooms = characterLimitsOf(counted, hasMedia, channels, known)
  const beyond = counted === value ? { fits: fittingLength(value, rooms) } : {}
  return (
    <div className="flex flex-col gap-2">
      <TextEditor value={value} {...props} {...beyond} />
      <Counters rooms={rooms} />
    </div>
  )
}
