import { useQuery } from '@tanstack/react-query'
import { MessageCirclePlus, Plus, RotateCcw, X } from 'lucide-react'
import type { Dispatch, ReactNode, SetStateAction } from 'react'
import { channels, networks } from '../../api/queries.ts'
import type { Channel, Finding } from '../../api/types.ts'
import { Button } from '../../kit/button.tsx'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { Card } from '../../kit/page.tsx'
import { Loaded } from '../../kit/states.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { ChannelChoice } from './channel-choice.tsx'
import { Counters } from './counters.tsx'
import {
  type Draft,
  newPart,
  type Part,
  type Use,
  withOwn,
  withoutPart,
  withPart,
} from './draft.ts'
import { Findings } from './findings.tsx'
import { MediaList } from './media-list.tsx'
import { Preview } from './preview.tsx'
import { TextEditor } from './text-editor.tsx'
import { useUploads } from './use-uploads.ts'
import { WhenChoice } from './when-choice.tsx'

interface ComposerProps {
  draft: Draft
  onChange: Dispatch<SetStateAction<Draft>>
  findings: readonly Finding[] | undefined
  /** What can be done with it; null when its time is over. */
  actions: ReactNode
  /** What became of it so far. */
  children?: ReactNode
}

/** Three zones: where it goes and what is said, how each network sees it, and what becomes of it. */
export function Composer({ draft, onChange, findings, actions, children }: ComposerProps) {
  const query = useQuery(channels)
  const known = useQuery(networks).data ?? []
  return (
    <Loaded query={query}>
      {(all) => {
        const chosen = all.filter(({ id }) => draft.channelIds.includes(id))
        return (
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <div className="flex min-w-0 flex-col gap-4">
              <Card>
                <ChannelChoice
                  channels={all}
                  chosen={draft.channelIds}
                  onChange={(channelIds) => onChange((now) => ({ ...now, channelIds }))}
                />
              </Card>
              <Card className="flex flex-col gap-4">
                {draft.parts.map((part, at) => (
                  <PartFields key={part.key} part={part} at={at} onChange={onChange} />
                ))}
                <Counters text={draft.parts[0].text} channels={chosen} networks={known} />
                <Additions draft={draft} onChange={onChange} />
              </Card>
              {chosen.length > 0 && (
                <Variants draft={draft} onChange={onChange} channels={chosen} />
              )}
            </div>
            <div className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-4">
              {children}
              {actions && (
                <Card className="flex flex-col gap-4">
                  <WhenChoice
                    draft={draft}
                    onChange={(change) => onChange((now) => ({ ...now, ...change }))}
                  />
                  {actions}
                </Card>
              )}
              {chosen.length > 0 && findings && (
                <Card>
                  <Findings findings={findings} channels={all} />
                </Card>
              )}
              <Card>
                <Preview draft={draft} channels={all} />
              </Card>
            </div>
          </div>
        )
      }}
    </Loaded>
  )
}

type Editing = Pick<ComposerProps, 'draft' | 'onChange'>

function PartFields({
  part,
  at,
  onChange,
}: { part: Part; at: number } & Pick<Editing, 'onChange'>) {
  const { t, show } = useLanguage()
  const number = show.number(at + 1)
  const change = (uses: (before: Use[]) => Use[]) =>
    onChange((now) => {
      const before = now.parts.find(({ key }) => key === part.key)?.uses ?? []
      return withPart(now, part.key, { uses: uses(before) })
    })
  const { uploads, add } = useUploads((use) => change((before) => [...before, use]))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <TextEditor
            id={at === 0 ? 'field/text' : `field/parts/${at - 1}/text`}
            label={at === 0 ? t('compose.text') : t('compose.part', { number })}
            placeholder={t('compose.placeholder')}
            rows={at === 0 ? 6 : 3}
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
            onPress={() => onChange((now) => withoutPart(now, part.key))}
          >
            <X aria-hidden className="size-4" />
          </Button>
        )}
      </div>
      <div id={at === 0 ? 'field/assets' : `field/parts/${at - 1}/assets`} tabIndex={-1}>
        <MediaList uses={part.uses} onChange={change} uploads={uploads} onFiles={add} />
      </div>
    </div>
  )
}

/** A thread and a first comment, for those who want them. */
function Additions({ draft, onChange }: Editing) {
  const { t } = useLanguage()
  const { firstComment } = draft
  const comment = (text: string | null) => onChange((now) => ({ ...now, firstComment: text }))
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-3">
      {firstComment !== null && (
        <div className="flex items-start gap-2">
          <div className="min-w-0 grow">
            <TextEditor
              id="field/firstComment"
              label={t('compose.firstComment')}
              rows={2}
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

/** A text of its own for a channel; what is not written here is the original. */
function Variants({ draft, onChange, channels: chosen }: Editing & { channels: Channel[] }) {
  const { t } = useLanguage()
  return (
    <Card className="flex flex-col gap-3">
      {chosen.map(({ id, name, network }) => {
        const own = draft.own[id]
        const at = draft.channelIds.indexOf(id)
        return own === undefined ? (
          <Button
            key={id}
            look="quiet"
            size="small"
            onPress={() => onChange((now) => withOwn(now, id, now.parts[0].text))}
          >
            <NetworkMark network={network} />
            <bdi className="truncate">{t('compose.override', { name })}</bdi>
          </Button>
        ) : (
          <div key={id} className="flex flex-col gap-1">
            <TextEditor
              id={`field/targets/${at}/variant/text`}
              label={t('compose.variant', { name })}
              rows={4}
              value={own}
              onChange={(text) => onChange((now) => withOwn(now, id, text))}
            />
            <span className="flex items-center justify-between gap-2 text-xs text-muted">
              <span className="flex items-center gap-1">
                <span aria-hidden className="size-2 rounded-full bg-accent" />
                {t('compose.own')}
              </span>
              <Button
                look="quiet"
                size="small"
                onPress={() => onChange((now) => withOwn(now, id, null))}
              >
                <RotateCcw aria-hidden className="size-3.5" />
                {t('compose.reset')}
              </Button>
            </span>
          </div>
        )
      })}
    </Card>
  )
}
