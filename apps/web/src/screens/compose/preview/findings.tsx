import { useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import { type Dispatch, type SetStateAction, useDeferredValue, useEffect, useState } from 'react'
import { answerOf, client } from '../../../api/client.ts'
import type { Channel, Finding } from '../../../api/types.ts'
import { Button } from '../../../kit/button.tsx'
import { goToField } from '../../../kit/go-to-field.ts'
import { useLanguage } from '../../../language/use-language.tsx'
import { contentOfDraft, type Draft, withOwn } from '../draft/draft.ts'

const checkAfterMs = 300

/** The findings, and how many more there are. */
export interface Checked {
  findings: readonly Finding[]
  more: number
}

const nothing: Checked = { findings: [], more: 0 }

/** The gateway's findings for a draft, asked for when typing pauses. */
export function useFindings(draft: Draft): Checked | undefined {
  const said = JSON.stringify(contentOfDraft(useDeferredValue(draft)))
  const [asked, setAsked] = useState(said)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(said), checkAfterMs)
    return () => clearTimeout(timer)
  }, [said])
  const isAsked = draft.channelIds.length > 0
  const { data } = useQuery({
    queryKey: ['validation', asked],
    queryFn: () => answerOf(client.POST('/v1/posts/validate', { body: JSON.parse(asked) })),
    enabled: isAsked,
    staleTime: 60_000,
    placeholderData: (before) => before,
  })
  return isAsked ? data : nothing
}

const signs = {
  blocks: { icon: CircleX, tone: 'text-bad', word: 'compose.blocks' },
  changed: { icon: TriangleAlert, tone: 'text-warn', word: 'compose.changed' },
  advice: { icon: Info, tone: 'text-info', word: 'compose.advice' },
} as const

interface FindingsProps {
  checked: Checked
  channels: readonly Channel[]
  onChange: Dispatch<SetStateAction<Draft>>
}

/** The findings as a list; each leads to its field, or has a button that mends it. */
export function Findings({ checked, channels, onChange }: FindingsProps) {
  const { findings, more } = checked
  const { t, show } = useLanguage()
  const nameOf = (id: string) => channels.find((one) => one.id === id)?.name ?? id
  return (
    <section aria-label={t('compose.findings')} aria-live="polite" className="flex flex-col gap-2">
      <h2 className="text-sm font-medium">{t('compose.findings')}</h2>
      {findings.length === 0 && (
        <p className="flex items-center gap-2 text-sm text-ok">
          <CircleCheck aria-hidden className="size-4" />
          {t('compose.allWell')}
        </p>
      )}
      <ul className="flex flex-col gap-1">
        {findings.map(({ level, code, pointer, channelId, message }) => {
          const { icon: Icon, tone, word } = signs[level]
          return (
            <li key={`${channelId} ${code} ${pointer}`}>
              <button
                type="button"
                onClick={() => goToField(`field${pointer}`) || goToField('field/text')}
                className="flex w-full items-start gap-2 rounded-control px-2 py-1.5 text-start text-sm hover:bg-sunken"
              >
                <Icon aria-hidden className={`mt-1 size-4 shrink-0 ${tone}`} />
                <span>
                  <span className={`font-medium ${tone}`}>{t(word)}</span> ·{' '}
                  <bdi>{nameOf(channelId)}</bdi>: {show.said(message)}
                </span>
              </button>
              {code === 'first_comment_unsupported' && (
                <div className="ps-8">
                  <Button
                    size="small"
                    onPress={() =>
                      onChange((now) => withOwn(now, channelId, { firstComment: null }))
                    }
                  >
                    {t('compose.withoutComment', { name: nameOf(channelId) })}
                  </Button>
                </div>
              )}
            </li>
          )
        })}
      </ul>
      {more > 0 && (
        <p className="px-2 text-sm text-muted">
          {t('compose.moreFindings', { count: show.number(more) })}
        </p>
      )}
    </section>
  )
}
