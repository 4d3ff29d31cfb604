import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, useDeferredValue } from 'react'
import { networks } from '../../api/queries.ts'
import type { Channel } from '../../api/types.ts'
import { TextEditor } from '../../kit/text-editor.tsx'
import { Counters } from './counters.tsx'
import { fittingLength, roomsOf } from './room.ts'

interface SaidEditorProps extends Omit<ComponentProps<typeof TextEditor>, 'fits'> {
  /** Where this text goes as it stands here. */
  channels: readonly Channel[]
  hasMedia?: boolean
}

/** A text with the room that it has where it goes. */
export function SaidEditor({ channels, hasMedia = false, value, ...props }: SaidEditorProps) {
  const known = useQuery(networks).data ?? []
  const counted = useDeferredValue(value)
  const rooms = roomsOf(counted, hasMedia, channels, known)
  const beyond = counted === value ? { fits: fittingLength(value, rooms) } : {}
  return (
    <div className="flex flex-col gap-2">
      <TextEditor value={value} {...props} {...beyond} />
      <Counters rooms={rooms} />
    </div>
  )
}
