import { useQuery } from '@tanstack/react-query'
import type { Dispatch, ReactNode, SetStateAction } from 'react'
import { channels } from '../../api/queries.ts'
import { Card } from '../../kit/page.tsx'
import { Loaded } from '../../kit/states.tsx'
import { type Draft, withChannels } from './draft/draft.ts'
import { Additions } from './fields/additions.tsx'
import { ChannelChoice } from './fields/channel-choice.tsx'
import { PartFields } from './fields/part-fields.tsx'
import type { Uploads } from './fields/use-uploads.ts'
import { Variants } from './fields/variants.tsx'
import { WhenChoice } from './fields/when-choice.tsx'
import { type Checked, Findings } from './preview/findings.tsx'
import { Preview } from './preview/preview.tsx'

interface ComposerProps {
  draft: Draft
  onChange: Dispatch<SetStateAction<Draft>>
  uploads: Uploads
  checked: Checked | undefined
  /** The buttons; null once the post can no longer be changed. */
  actions: ReactNode
  /** The publications so far. */
  children?: ReactNode
}

/** Three zones: channels and content, the preview of each network, and the buttons. */
export function Composer({
  draft: whole,
  onChange,
  uploads,
  checked,
  actions,
  children,
}: ComposerProps) {
  const query = useQuery(channels)
  return (
    <Loaded query={query}>
      {(all) => {
        const draft = withChannels(whole, all)
        const chosen = all.filter(({ id }) => draft.channelIds.includes(id))
        const follow = (own: 'text' | 'firstComment') =>
          chosen.filter(({ id }) => draft.own[id]?.[own] === undefined)
        return (
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <div className="flex min-w-0 flex-col gap-4">
              <Card>
                <ChannelChoice
                  channels={all}
                  chosen={whole.channelIds}
                  onChange={(channelIds) => onChange((now) => ({ ...now, channelIds }))}
                />
              </Card>
              <Card className="flex flex-col gap-4">
                {draft.parts.map((part, at) => (
                  <PartFields
                    key={part.key}
                    part={part}
                    at={at}
                    channels={at === 0 ? follow('text') : chosen}
                    uploads={uploads}
                    onChange={onChange}
                  />
                ))}
                <Additions
                  draft={draft}
                  channels={follow('firstComment')}
                  all={chosen}
                  onChange={onChange}
                />
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
              {chosen.length > 0 && checked && (
                <Card>
                  <Findings checked={checked} channels={all} onChange={onChange} />
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
