import { MessageCirclePlus, Plus, X } from 'lucide-react'
import type { Dispatch, SetStateAction } from 'react'
import type { Channel } from '../../../api/types.ts'
import { Button } from '../../../kit/button.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { type Draft, newPart } from '../draft/draft.ts'
import { ContentEditor } from './content-editor.tsx'
import { ExtraFields } from './extra-fields.tsx'

interface AdditionsProps {
  draft: Draft
  /** The channels that take the post's own first comment. */
  channels: readonly Channel[]
  /** All channels of the post. */
  all: readonly Channel[]
  onChange: Dispatch<SetStateAction<Draft>>
}

/** A thread, a first comment, and what a post may have besides, for those who want them. */
export function Additions({
  draft: { firstComment, extras },
  channels,
  all,
  onChange,
}: AdditionsProps) {
  const { t } = useLanguage()
  const comment = (text: string | null) => onChange((now) => ({ ...now, firstComment: text }))
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-3">
      {firstComment !== null && (
        <div className="flex items-start gap-2">
          <div className="min-w-0 grow">
            <ContentEditor
              id="field/firstComment"
              label={t('compose.firstComment')}
              rows={2}
              channels={channels}
              value={firstComment}
              onChange={comment}
            />
          </div>
          <Button
            look="quiet"
            size="icon"
            aria-label={t('compose.removeFirstComment')}
            onPress={() => comment(null)}
          >
            <X aria-hidden className="size-4" />
          </Button>
        </div>
      )}
      <ExtraFields
        extras={extras}
        channels={all}
        onChange={(next) => onChange((now) => ({ ...now, extras: next }))}
      />
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          onPress={() => onChange((now) => ({ ...now, parts: [...now.parts, newPart()] }))}
        >
          <Plus aria-hidden className="size-4" />
          {t('compose.addPart')}
        </Button>
        {firstComment === null && (
          <Button size="small" onPress={() => comment('')}>
            <MessageCirclePlus aria-hidden className="size-4" />
            {t('compose.addFirstComment')}
          </Button>
        )}
      </div>
    </div>
  )
}
