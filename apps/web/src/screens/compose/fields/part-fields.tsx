import { X } from 'lucide-react'
import type { Dispatch, SetStateAction } from 'react'
import type { Channel } from '../../../api/types.ts'
import { Button } from '../../../kit/button.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { type Draft, type Part, type Use, withoutPart, withPart } from '../draft/draft.ts'
import { ContentEditor } from './content-editor.tsx'
import { MediaList } from './media-list.tsx'
import type { Uploads } from './use-uploads.ts'

interface PartFieldsProps {
  part: Part
  at: number
  channels: readonly Channel[]
  uploads: Uploads
  onChange: Dispatch<SetStateAction<Draft>>
}

/** The post itself, or a part that follows it: its text and its media. */
export function PartFields({ part, at, channels, uploads, onChange }: PartFieldsProps) {
  const { t, show } = useLanguage()
  const number = show.number(at + 1)
  const place = at === 0 ? 'field' : `field/parts/${at - 1}`
  const change = (uses: (before: Use[]) => Use[]) =>
    onChange((now) => {
      const before = now.parts.find(({ key }) => key === part.key)?.uses ?? []
      return withPart(now, part.key, { uses: uses(before) })
    })
  const add = (files: Iterable<File>) =>
    uploads.add(part.key, files, (use) => change((before) => [...before, use]))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <ContentEditor
            id={`${place}/text`}
            label={at === 0 ? t('compose.text') : t('compose.part', { number })}
            placeholder={t('compose.placeholder')}
            rows={at === 0 ? 6 : 3}
            channels={channels}
            hasMedia={part.uses.length > 0}
            value={part.text}
            onChange={(text) => onChange((now) => withPart(now, part.key, { text }))}
            onFiles={add}
          />
        </div>
        {at > 0 && (
          <Button
            look="quiet"
            size="icon"
            aria-label={t('compose.removePart', { number })}
            onPress={() => {
              uploads.cancelAll(part.key)
              onChange((now) => withoutPart(now, part.key))
            }}
          >
            <X aria-hidden className="size-4" />
          </Button>
        )}
      </div>
      <div id={`${place}/assets`} tabIndex={-1}>
        <MediaList
          place={`${place}/assets`}
          uses={part.uses}
          onChange={change}
          uploads={uploads.of(part.key)}
          onCancel={uploads.cancel}
          onFiles={add}
        />
      </div>
    </div>
  )
}
